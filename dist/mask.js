// src/commands/mask.ts
/** Keeps the password of a connection URL out of what is printed, as it stands there and decoded. */
function maskUrl(url, host) {
	const [, password] = /^[^:]+:\/\/[^/@]*?:([^@]+)@/.exec(url) ?? [];
	if (!password) return;
	host.mask(password);
	try {
		host.mask(decodeURIComponent(password));
	} catch {}
}

export { maskUrl as t };