import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse } from 'yaml';
import { version } from '../../src/version.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job extends Step {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: {
    readonly workflow_call?: { readonly inputs: Readonly<Record<string, unknown>> };
    readonly workflow_run?: { readonly workflows: readonly string[] };
  };
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const ours = ['.github/workflows/check.yml', ...(await Array.fromAsync(glob('workflows/*.yml')))];
const texts = new Map(await Promise.all(ours.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
const read = (path: string): Workflow => parse(texts.get(path) ?? assert.fail(path));
const action = parse(await readFile('action.yml', 'utf8')) as { readonly inputs: Readonly<Record<string, unknown>> };
const check = read('.github/workflows/check.yml');

/** What it calls takes these inputs; undefined for what is not ours. */
function inputsOf(uses: string): readonly string[] | undefined {
  const [name] = uses.split('@');
  if (name === 'lockkeeper/lockkeeper') return Object.keys(action.inputs);
  if (name === 'lockkeeper/lockkeeper/.github/workflows/check.yml')
    return Object.keys(check.on.workflow_call?.inputs ?? {});
  return undefined;
}

const calls = ours.flatMap((path) =>
  Object.values(read(path).jobs).flatMap((job) =>
    [job, ...(job.steps ?? [])].flatMap((each) =>
      each.uses ? [{ path, uses: each.uses, with: each.with ?? {} }] : [],
    ),
  ),
);

test('every `with` is an input of what is called', () => {
  const known = calls.filter(({ uses }) => inputsOf(uses));
  assert.ok(known.length >= 3);
  for (const { path, uses, with: given } of known) {
    for (const name of Object.keys(given)) assert.ok(inputsOf(uses)?.includes(name), `${path}: ${uses} has no ${name}`);
  }
});

test('what others wrote is pinned to a commit, with the version beside it', () => {
  for (const { path, uses } of calls.filter(({ uses }) => !inputsOf(uses))) {
    assert.match(uses, /@[0-9a-f]{40}$/, `${path}: ${uses}`);
    assert.match(texts.get(path) ?? '', new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+\\n`));
  }
});

test('the called workflow runs the action of its own version, copies follow the major', () => {
  const own = calls.filter(({ uses }) => inputsOf(uses)).map(({ path, uses }) => `${path} ${uses.split('@')[1]}`);
  assert.deepEqual(own.sort(), [
    `.github/workflows/check.yml v${version}`,
    `workflows/pull-request-comment.yml v${version.split('.')[0]}`,
    `workflows/pull-request.yml v${version.split('.')[0]}`,
  ]);
});

test('nobody’s token may more than is said', () => {
  const granted = ours.flatMap((path) =>
    Object.values(read(path).jobs).map(({ permissions }) => [path, permissions] as const),
  );
  assert.deepEqual(granted, [
    ['.github/workflows/check.yml', undefined],
    ['workflows/pull-request-comment.yml', { actions: 'read', 'pull-requests': 'write' }],
    ['workflows/pull-request.yml', { contents: 'read', 'pull-requests': 'write' }],
  ]);
  for (const path of ours.slice(1)) assert.deepEqual(read(path).permissions, {}, path);
});

test('no credentials stay behind, and where forks are commented on nothing of them is fetched', () => {
  for (const { uses, with: given } of calls.filter(({ uses }) => uses.startsWith('actions/checkout@')))
    assert.equal(given['persist-credentials'], false, uses);
  const comment = read('workflows/pull-request-comment.yml');
  assert.deepEqual(
    Object.values(comment.jobs).flatMap(({ steps = [] }) => steps.map(({ uses }) => uses?.split('@')[0])),
    ['lockkeeper/lockkeeper'],
  );
  assert.deepEqual(comment.on.workflow_run?.workflows, [read('workflows/pull-request.yml').name]);
});
