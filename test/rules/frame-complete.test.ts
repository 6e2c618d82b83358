import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { files, listRules } from '../../scripts/generate/rules.ts';
import { rules } from '../../src/rules/index.ts';
import { readScenes, rulesWithScenes } from './scenes.ts';

const listed = await listRules();

test('every rule is one file of its own name, and in the index', () => {
  assert.deepEqual(
    rules.map(({ id }) => id),
    listed.map(({ id }) => id),
  );
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  for (const { id } of rules) assert.match(id, /^[a-z]+(-[a-z0-9]+)*$/);
});

test('every rule says what, why and what instead, in sentences, and where it comes from', () => {
  for (const { id, what, why, instead, sources } of rules) {
    for (const text of [what, why, instead]) assert.match(text, /^[\p{L}`][\s\S]{5,}[.…)`]$/u, `${id}: ${text}`);
    assert.ok(sources.length > 0, `${id} has no sources`);
  }
});

test('every rule has an example that it finds, and one that it does not', async () => {
  assert.deepEqual(await rulesWithScenes(), rules.map(({ id }) => id).sort());
  for (const { id } of rules) {
    const found = (await readScenes(id)).map(({ expected }) => expected.some(({ rule }) => rule === id));
    assert.deepEqual([found.includes(true), found.includes(false)], [true, true], `${id}: an example of each kind`);
  }
});

test('rules that are covered exist', () => {
  const ids = rules.map(({ id }) => id);
  for (const { id, covers = [] } of rules) {
    for (const covered of covers) assert.ok(ids.includes(covered), `${id} covers ${covered}, which does not exist`);
  }
});

test('index and page are those of the sources', async () => {
  for (const [path, text] of Object.entries(await files())) assert.equal(await readFile(path, 'utf8'), text, path);
});
