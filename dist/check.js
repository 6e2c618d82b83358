import { n as check, t as rules } from "./rules.js";
import { n as exitCodes } from "./error.js";
import { t as loadProvider } from "./servers.js";
import { t as version } from "./version.js";
import { r as subjectOf } from "./subject.js";
import { t as writeReport } from "./write.js";

// src/commands/check.ts
/** Runs the pending migrations and tells what they do. */
async function run({ settings, host, signal }) {
	const { progress } = host;
	const report = await check({
		subject: await subjectOf(settings, host, signal),
		openServer: async () => {
			const provider = await loadProvider(settings.server);
			const { postgres: major, serverUrl: url } = settings;
			return provider.open({
				...major && { major },
				...url && { url },
				signal,
				progress
			});
		},
		rules,
		failOn: settings.failOn,
		protectedTables: settings.protected,
		seedRows: settings.seedRows,
		statementLimit: settings.statementLimit,
		version,
		now: /* @__PURE__ */ new Date(),
		signal,
		progress
	});
	await show(report, {
		settings,
		host,
		signal
	});
	return report.outcome === "passed" ? exitCodes.done : exitCodes.findings;
}
async function show(report, { settings, host, signal }) {
	const { presentationOf, files } = await import("./reports2.js");
	const wanted = Object.entries(settings.reports);
	const quiet = wanted.some(([, file]) => file === "-");
	const { colour, githubToken: token, commentId: id = "" } = settings;
	const comment = {
		folder: report.folder ?? "",
		id,
		signal,
		...token && { token }
	};
	await host.publish(presentationOf(report, settings.reports), {
		colour,
		quiet,
		...settings.comment === "auto" && { comment }
	});
	for (const [setting, file] of wanted) await writeReport(files[setting](report, rules), file);
}

export { run };