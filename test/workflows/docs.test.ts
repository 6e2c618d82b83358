import assert from 'node:assert/strict';
import { access, glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../src/rules/index.ts';

const page = await readFile('docs/github.md', 'utf8');
const sources = await Promise.all((await Array.fromAsync(glob('src/**/*.ts'))).map((path) => readFile(path, 'utf8')));

test('every message of trouble-shooting is one that the program has', () => {
  const [, part = ''] = /## When something goes wrong([\s\S]*?)\n## /.exec(page) ?? [];
  const messages = [...part.matchAll(/^### (`.*)$/gm)].flatMap(([, line = '']) => [...line.matchAll(/`([^`]+)`/g)]);
  assert.ok(messages.length > 10);
  for (const [, message = ''] of messages) {
    const pieces = message.split('…').map((piece) => piece.trim());
    assert.ok(
      sources.some((text) => pieces.every((piece) => text.includes(piece))),
      message,
    );
  }
});

test('every rule of the table is one that there is', () => {
  const ids = new Set(rules.map(({ id }) => id));
  const [, table = ''] = /\| squawk \| Lockkeeper \|\n\|---\|---\|\n([\s\S]*?)\n\n/.exec(page) ?? [];
  const named = table.split('\n').flatMap((row) => [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)]);
  assert.ok(named.length > 15);
  for (const [, id = ''] of named) assert.ok(ids.has(id), id);
});

test('every file that is linked to is there', async () => {
  for (const text of [page, await readFile('docs/backups-on-github.md', 'utf8')])
    for (const [, path = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) await access(join('docs', path));
});
