#!/usr/bin/env node
if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(`Lockkeeper needs Node 24 or newer; this is ${process.version}.`);
  process.exitCode = 2;
} else {
  const { openTerminal } = await import('./open.ts'); // which an older Node cannot even read
  await openTerminal(process.argv.slice(2));
}
