import assert from 'node:assert/strict';
import { access, glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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

test('every link within the documents leads to a file and a heading that are there', async () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...(await Array.fromAsync(glob(['docs/*.md', 'examples/**/*.md'])))];
  for (const from of pages)
    for (const [, link = ''] of (await readFile(from, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link)) continue;
      const [path = '', heading] = link.split('#');
      const to = path === '' ? from : join(dirname(from), path);
      await access(to);
      if (heading) assert.ok(headingsOf(await readFile(to, 'utf8')).includes(heading), `${from}: ${link}`);
    }
});

/** As GitHub makes anchors of them. */
function headingsOf(text: string): string[] {
  const titles = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase());
  return titles.map((title) => title.replaceAll(/[^\p{L}\p{N}\- _]/gu, '').replaceAll(' ', '-'));
}
