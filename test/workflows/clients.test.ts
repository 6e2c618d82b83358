import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { temporaryFolder } from '../git/support.ts';

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const workflow = parse(await readFile('.github/workflows/backup.yml', 'utf8')) as {
  readonly jobs: { readonly backup: { readonly steps: readonly Step[] } };
};
const step: Step =
  workflow.jobs.backup.steps.find(({ name }) => name?.startsWith('Install ')) ?? assert.fail('no step installs');

const gpg = spawnSync('gpg', ['--version']).status === 0;
const needsGpg = gpg ? {} : { skip: 'needs gpg on this machine' };

/** What would change the machine only says that it was called; who fetches gets this key. */
const programs: Readonly<Record<string, string>> = {
  'apt-get': 'echo "apt-get $*" >> "$CALLS"',
  'apt-cache': 'exit "$UNKNOWN"',
  sudo: 'exec "$@"',
  tee: 'echo "tee $* $(cat)" >> "$CALLS"',
  install: 'echo "install $*" >> "$CALLS"',
  curl: 'while [ "$1" != --output ]; do shift; done; cp "$KEY_FILE" "$2"; echo "curl $3" >> "$CALLS"',
};

/** Runs the step as a runner does; `calls` are those that would have changed the machine. */
async function installing(major: string, { key = '', known = false }: { key?: string; known?: boolean } = {}) {
  await using scratch = await temporaryFolder();
  const [bin, calls] = [join(scratch.path, 'bin'), join(scratch.path, 'calls')];
  await mkdir(bin);
  await writeFile(calls, '');
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(bin, name), 0o755);
  }
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''], {
    encoding: 'utf8',
    env: {
      ...{ ...step.env, MAJOR: major, PATH: `${bin}:${process.env.PATH}`, RUNNER_TEMP: scratch.path },
      ...{ HOME: scratch.path, CALLS: calls, KEY_FILE: key, UNKNOWN: known ? '0' : '1' },
    },
  });
  return { status, stdout, calls: await readFile(calls, 'utf8') };
}

const pgdg = resolve('test/workflows/keys/apt.postgresql.org.asc');

test('a major that the distribution lacks comes from apt.postgresql.org, signed by its key', needsGpg, async () => {
  const { calls } = await installing('99', { key: pgdg });
  const kept = '/etc/apt/keyrings/lockkeeper-pgdg.asc';
  const source = `deb [signed-by=${kept}] https://apt.postgresql.org/pub/repos/apt CODENAME-pgdg main`;
  const same = calls.replaceAll(/\S+(?=\/apt\.postgresql\.org\.asc)/g, 'TEMP').replace(/\w+(?=-pgdg main)/, 'CODENAME');
  assert.deepEqual(same.split('\n').slice(0, -1), [
    'apt-get update -qq',
    'apt-get install -qq --no-install-recommends ca-certificates curl gpg',
    'curl https://www.postgresql.org/media/keys/ACCC4CF8.asc',
    `install -D -m 644 TEMP/apt.postgresql.org.asc ${kept}`,
    `tee /etc/apt/sources.list.d/lockkeeper-pgdg.list ${source}`,
    'apt-get update -qq',
    'apt-get install -qq --no-install-recommends postgresql-client-99',
  ]);
});

test('another key, and that key beside another, add nothing', needsGpg, async () => {
  await using scratch = await temporaryFolder();
  const home = ['--homedir', scratch.path, '--batch', '--quiet'];
  execFileSync('gpg', [...home, '--passphrase', '', '--quick-gen-key', 'mallory', 'ed25519'], { stdio: 'ignore' });
  const other = execFileSync('gpg', [...home, '--armor', '--export', 'mallory'], { encoding: 'utf8' });
  spawnSync('gpgconf', ['--homedir', scratch.path, '--kill', 'all']);
  for (const text of ['', other, `${await readFile(pgdg, 'utf8')}${other}`]) {
    const key = join(scratch.path, 'key.asc');
    await writeFile(key, text);
    const { status, stdout, calls } = await installing('99', { key });
    assert.notEqual(status, 0);
    assert.doesNotMatch(calls, /^(tee|install|apt-get install .*postgresql)/m, stdout);
  }
});

test('a major that the distribution has comes from there', async () => {
  const { calls } = await installing('99', { known: true });
  assert.deepEqual(calls.split('\n').slice(0, -1), [
    'apt-get update -qq',
    'apt-get install -qq --no-install-recommends postgresql-client-99',
  ]);
});

test('what is no major is refused, and runs nothing', async () => {
  for (const major of ['17; id', '$(id)', '17.2', '-o', 'x', '017']) {
    const { status, stdout, calls } = await installing(major);
    assert.deepEqual([status, calls], [1, ''], major);
    assert.match(stdout, /^::error::`postgres-client` takes a major/);
  }
});
