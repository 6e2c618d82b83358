#!/usr/bin/env node
// src/cli.ts
if (Number.parseInt(process.versions.node, 10) < 24) {
	console.error(`Lockkeeper needs Node 24 or newer; this is ${process.version}.`);
	process.exitCode = 2;
} else {
	const { openTerminal } = await import("./open2.js");
	await openTerminal(process.argv.slice(2));
}

export {  };