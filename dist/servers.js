// src/servers/index.ts
const load = {
	auto: async () => (await import("./auto.js")).provider,
	existing: async () => (await import("./existing.js")).provider,
	binaries: async () => (await import("./binaries.js")).provider,
	embedded: async () => (await import("./embedded.js")).provider
};
/** Values of the setting `server`. */
const serverNames = Object.keys(load);
/** The way to a server, loaded only when it is gone. */
function loadProvider(name) {
	return load[name]();
}

export { serverNames as n, loadProvider as t };