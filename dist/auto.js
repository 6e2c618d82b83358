import { t as KnownError } from "./error.js";
import { t as loadProvider } from "./servers.js";

// src/servers/auto.ts
/** The first way that works: a URL that was given, an installed server of the wanted major, the embedded one. */
const provider = { async open(request) {
	if (request.url) return (await loadProvider("existing")).open(request);
	const failures = [];
	for (const kind of ["binaries", "embedded"]) try {
		return await (await loadProvider(kind)).open(request);
	} catch (error) {
		if (!(error instanceof KnownError) || error.reason !== "unreachable") throw error;
		failures.push(`${kind}: ${error.message}${error.help ? ` ${error.help}` : ""}`);
	}
	throw new KnownError("There is no PostgreSQL to run the migrations on.", {
		reason: "unreachable",
		help: `Ways tried:\n${["existing: no `server-url` was given.", ...failures].map((each) => `- ${each}`).join("\n")}`
	});
} };

export { provider };