import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const files = await Promise.all(
  (await Array.fromAsync(glob('src/**/*.ts'))).map(async (path) => ({ path, text: await readFile(path, 'utf8') })),
);

/** What stands in no room: settings.ts, version.ts and the like. */
const beside = 'beside';

/** Who may import whom, by folder under src/; the doors and what stands beside them may import all of it. */
const table: Readonly<Record<string, readonly string[]>> = {
  model: [],
  git: ['model'],
  postgres: ['model'],
  archive: ['model'],
  jobs: ['model', 'postgres', 'archive'],
  rules: ['model', 'postgres'],
  tools: ['model', 'postgres'],
  servers: ['model', 'postgres'],
  reports: ['model'],
  hosts: ['model'],
  stores: ['model'],
  settings: ['model', 'servers', 'tools'],
  commands: [
    ...[
      beside,
      'model',
      'git',
      'postgres',
      'archive',
      'jobs',
      'rules',
      'tools',
      'servers',
      'reports',
      'hosts',
      'stores',
    ],
  ],
};

const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];

test('imports point down only', () => {
  for (const { path, text } of files) {
    const room = roomOf(path);
    if (room === undefined) continue;
    assert.ok(room in table, `${path} is in a room that the table does not know`);
    for (const [, target = ''] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      const other = roomOf(normalize(join(dirname(path), target))) ?? beside;
      assert.ok(other === room || table[room]?.includes(other), `${path} imports ${target}`);
    }
  }
});

test('files stay short, doors shortest', async () => {
  const others = (await Array.fromAsync(glob(['test/**/*.ts', 'scripts/**/*.ts']))).map(async (path) => ({
    path,
    text: await readFile(path, 'utf8'),
  }));
  const lengths = [...files, ...(await Promise.all(others))]
    .filter(({ path, text }) => !/^\/\/ (Written|This file is generated)/.test(text) && !path.endsWith('-table.ts'))
    .map(({ path, text }) => [path, text.trimEnd().split('\n').length] as const);
  for (const [path, length] of lengths) assert.ok(length <= 300, `${path} has ${length} lines`);
  for (const door of ['src/cli.ts', 'src/action.ts'])
    assert.ok((lengths.find(([path]) => path === door)?.[1] ?? 99) <= 15, door);
});

test('the parser comes from one file, which says how it is compiled', () => {
  const others = files.filter(({ text }) => /(from|import\()\s*'libpg-query'/.test(text)).map(({ path }) => path);
  assert.deepEqual(others, ['src/postgres/grammar.ts']);
});

test('no drawer for everything', () => {
  for (const { path } of files) assert.doesNotMatch(path, /\b(utils?|helpers?|common|misc)\b/);
});

test('node’s version is the same wherever it is named', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  const version = (await readFile('.node-version', 'utf8')).trim();
  assert.equal(manifest.devDependencies.node, version);
  assert.equal(manifest.engines.node, `>=${version.split('.')[0]}`);
  assert.match(await readFile('action.yml', 'utf8'), new RegExp(`using: node${version.split('.')[0]}\\n`));
  assert.match(await readFile('src/version.ts', 'utf8'), new RegExp(`'${manifest.version}'`));
});
