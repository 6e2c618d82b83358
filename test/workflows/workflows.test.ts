import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse } from 'yaml';
import { version } from '../../src/version.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly if?: string;
}

interface Job extends Step {
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean; readonly queue: string };
  readonly 'timeout-minutes'?: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: {
    readonly workflow_call?: Readonly<Record<'inputs' | 'secrets', Readonly<Record<string, unknown>>>>;
    readonly workflow_run?: { readonly workflows: readonly string[] };
  };
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const called = ['backup', 'check', 'migrate', 'restore', 'verify'].map((name) => `.github/workflows/${name}.yml`);
const copied = (await Array.fromAsync(glob('workflows/*.yml'))).sort();
const ours = [...called, ...copied];
const texts = new Map(await Promise.all(ours.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
const read = (path: string): Workflow => parse(texts.get(path) ?? assert.fail(path));
const action = parse(await readFile('action.yml', 'utf8')) as { readonly inputs: Readonly<Record<string, unknown>> };

/** What it calls takes these inputs; undefined for what is not ours. */
function inputsOf(uses: string): readonly string[] | undefined {
  const [name] = uses.split('@');
  if (name === 'lockkeeper/lockkeeper') return Object.keys(action.inputs);
  const path = called.find((each) => name === `lockkeeper/lockkeeper/${each}`);
  return path === undefined ? undefined : Object.keys(read(path).on.workflow_call?.inputs ?? {});
}

const calls = ours.flatMap((path) =>
  Object.values(read(path).jobs).flatMap((job) =>
    [job, ...(job.steps ?? [])].flatMap((each) =>
      each.uses ? [{ path, uses: each.uses, with: each.with ?? {}, secrets: each.secrets ?? {} }] : [],
    ),
  ),
);

test('every `with` is an input of what is called', () => {
  const known = calls.filter(({ uses }) => inputsOf(uses));
  assert.ok(known.length >= 12);
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
  for (const { path, uses } of calls.filter(({ uses }) => inputsOf(uses))) {
    const ref = called.includes(path) ? `v${version}` : `v${version.split('.')[0]}`;
    assert.equal(uses.split('@')[1], ref, path);
  }
});

const merging = { contents: 'read', 'pull-requests': 'write', 'id-token': 'write' };

test('nobody’s token may more than is said', () => {
  const granted = ours.flatMap((path) =>
    Object.values(read(path).jobs).map(({ permissions }) => [path, permissions] as const),
  );
  assert.deepEqual(granted, [
    ...called.flatMap((path) => Object.keys(read(path).jobs).map(() => [path, undefined])),
    ['workflows/merge-waves.yml', { contents: 'read', 'pull-requests': 'write' }],
    ...[1, 2].map(() => ['workflows/merge-waves.yml', merging]),
    ['workflows/merge.yml', merging],
    ['workflows/pull-request-comment.yml', { actions: 'read', 'pull-requests': 'write' }],
    ['workflows/pull-request.yml', { contents: 'read', 'pull-requests': 'write' }],
    ['workflows/restore.yml', { contents: 'read', 'id-token': 'write' }],
    ['workflows/scheduled-backup.yml', { contents: 'read', 'id-token': 'write' }],
    ['workflows/scheduled-backup.yml', { contents: 'read', 'id-token': 'write' }],
  ]);
  for (const path of copied) assert.deepEqual(read(path).permissions, {}, path);
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

test('every secret that a caller gives, also in its comments, is one of what it calls', () => {
  for (const path of copied) {
    const uncommented = parse((texts.get(path) ?? '').replaceAll(/^( +)# (?=( *[\w-]+: \$\{\{|secrets:))/gm, '$1'));
    for (const job of Object.values((uncommented as Workflow).jobs)) {
      const target = called.find((each) => job.uses?.includes(each));
      const known = target && Object.keys(read(target).on.workflow_call?.secrets ?? {});
      for (const name of Object.keys(job.secrets ?? {})) assert.ok(known?.includes(name), `${path}: ${name}`);
    }
  }
});

const ofTargets = called.filter((path) => !path.endsWith('check.yml')).map((path) => [path, read(path)] as const);

test('of one target one job runs at a time, none is ended by the next or not run, and none runs for ever', () => {
  for (const [path, { jobs }] of ofTargets) {
    for (const [name, job] of Object.entries(jobs)) {
      const group = `lockkeeper-${name}-\${{ inputs.target }}`;
      assert.deepEqual(job.concurrency, { group, 'cancel-in-progress': false, queue: 'max' }, path);
      assert.ok(job['timeout-minutes'], path);
    }
  }
});

test('secrets reach our action and the file of the key alone, and no shell reads an input as code', () => {
  for (const [path, { jobs }] of ofTargets) {
    for (const step of Object.values(jobs).flatMap(({ steps = [] }) => steps)) {
      const own = step.uses?.startsWith('lockkeeper/lockkeeper@') || step.name === 'Write the secret key to a file';
      assert.equal(/secrets\./.test(JSON.stringify(step)) && !own, false, `${path}: ${step.name}`);
      assert.doesNotMatch(step.run ?? '', /\$\{\{/, `${path}: ${step.name}`);
    }
  }
});

const expression = (text: string) => `\${{ ${text} }}`;

test('a backup is followed by pruning only when it succeeded, and only where that is asked for', () => {
  const steps = Object.values(read('.github/workflows/backup.yml').jobs).flatMap(({ steps = [] }) => steps);
  const commands = steps.flatMap(({ with: given, if: condition }) =>
    given?.command ? [[given.command, condition]] : [],
  );
  assert.deepEqual(commands, [
    ['backup', undefined],
    ['prune', expression('inputs.prune')],
    ['backups', expression("inputs.max-age != ''")],
  ]);
});
