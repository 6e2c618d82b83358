import { t as KnownError } from "./error.js";
import { i as connect } from "./connect.js";

// src/postgres/encryption.ts
/** What libpq's sslmode `prefer`, the default, comes to on this server: decided once, for all sessions. */
async function encryptedIfPossible(address, signal) {
	if (address.sslmode !== void 0 && address.sslmode !== "prefer" || address.host.startsWith("/")) return address;
	const encrypted = {
		...address,
		sslmode: "require"
	};
	try {
		await (await connect(encrypted, signal))[Symbol.asyncDispose]();
		return encrypted;
	} catch (error) {
		if (!(error instanceof KnownError) || !/does not support SSL/.test(error.message)) throw error;
		return {
			...address,
			sslmode: "disable"
		};
	}
}

export { encryptedIfPossible as t };