import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ajv } from 'ajv';
import type { CheckReport } from '../../src/model/report.ts';
import { connect } from '../../src/postgres/connect.ts';
import { temporaryFolder } from '../git/support.ts';
import { newest } from '../support/postgres.ts';
import { program } from '../support/program.ts';

const { host, port, user } = newest.address;
const url = `postgresql://${user}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function lockkeeper(args: readonly string[], env: NodeJS.ProcessEnv = {}, door = program): Ended {
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, LOCKKEEPER_SERVER_URL: url, ...env };
  return spawnSync(process.execPath, [door, ...args], { env: environment, encoding: 'utf8' });
}

const shop = ['check', '--working-directory', 'examples/shop', '--applied-through', '4', '--server', 'existing'];

test('the example: exit 1, and a JSON report that its schema describes', async () => {
  const { status, stdout, stderr } = lockkeeper([...shop, '--report-json', '-']);
  assert.equal(status, 1, stderr);
  const report = JSON.parse(stdout) as CheckReport;
  const schema = JSON.parse(await readFile('docs/report.schema.json', 'utf8'));
  const ajv = new Ajv({ strict: false });
  assert.ok(ajv.validate(schema, report), ajv.errorsText());
  assert.equal(report.outcome, 'failed');
  assert.deepEqual(
    report.migrations.pending.map(({ id, status: state }) => `${id} ${state}`),
    ['5 applied', '6 applied', '7 applied'],
  );
  const index = report.observations.find(({ sql }) => sql.startsWith('CREATE INDEX orders_customer_id'));
  assert.deepEqual(
    index?.locks.map(({ relation, mode }) => `${relation} ${mode}`),
    ['public.orders ShareLock'],
  );
});

test('fail-on never: exit 0', () => {
  assert.equal(lockkeeper([...shop, '--fail-on', 'never']).status, 0);
});

test('an older Node is told which one is needed', () => {
  const older = 'data:text/javascript,Object.defineProperty(process, "versions", { value: { node: "20.20.2" } })';
  const { status, stderr } = spawnSync(process.execPath, ['--import', older, program, 'check'], { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, /^Lockkeeper needs Node 24 or newer; this is v/);
});

test('the built files are the same program', () => {
  const { status, stdout } = lockkeeper([...shop, '--report-json', '-'], {}, 'dist/cli.js');
  assert.equal(status, 1);
  assert.equal((JSON.parse(stdout) as CheckReport).command, 'check');
});

test('the report as a page of its own, of a check and of other commands', async () => {
  const page = lockkeeper([...shop, '--report-html', '-'], {}, 'dist/cli.js').stdout;
  assert.match(page, /^<!doctype html>[\s\S]*<h1>🚧 Lockkeeper: 3 blockers[\s\S]*<\/html>\n$/);
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'new', 'backups.html');
  const { status } = lockkeeper(['backups', '--store', folder.path, '--report-html', file], {}, 'dist/cli.js');
  assert.equal(status, 0);
  assert.match(await readFile(file, 'utf8'), /^<!doctype html>[\s\S]*<h1>✅ Lockkeeper: /);
});

test('what cannot be written is told, and is no answer', { skip: process.platform !== 'linux' }, async () => {
  await using full = await open('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js', '--help'], {
    stdio: ['ignore', full.fd, 'pipe'],
  });
  assert.equal(status, 2);
  assert.match(String(stderr), /^What is to be said cannot be written: there is no space left\.\n$/);
});

test('a temporary folder that is not there', () => {
  const words = ['check', '--working-directory', 'examples/shop', '--applied-through', '4', '--server', 'embedded'];
  const { status, stderr } = lockkeeper(words, { LOCKKEEPER_SERVER_URL: '', TMPDIR: '/nowhere' });
  assert.equal(status, 3, stderr);
  assert.match(stderr, /\/nowhere cannot be used for temporary files: it is not there\./);
});

test('the action: inputs in, summary, annotations and outputs out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-action-'));
  try {
    const [summary, output] = [join(folder, 'summary'), join(folder, 'output')];
    await Promise.all([writeFile(summary, ''), writeFile(output, '')]);
    const env = {
      'INPUT_WORKING-DIRECTORY': 'examples/shop',
      'INPUT_APPLIED-THROUGH': '4',
      INPUT_SERVER: 'existing',
      INPUT_TOOL: '',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
    };
    const { status, stdout } = lockkeeper([], env, 'dist/action.js');
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^::error title=rename-column,file=examples\/shop\/migrations\/000007_longer_names\.up\.sql,line=2::/m,
    );
    assert.match(await readFile(summary, 'utf8'), /^### 🚧 Lockkeeper: /);
    assert.match(await readFile(output, 'utf8'), /^outcome<<(\S+)\nfailed\n\1$/m);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('wrong use says what, where and what to do, with exit 2 and no stack', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-wrong-'));
  try {
    await mkdir(join(folder, 'migrations'));
    await writeFile(join(folder, 'migrations', '1_a.sql'), 'CREATE TABLE a ();\n\nCREATE TABEL b ();\n');
    await writeFile(join(folder, 'migrations', '2_b.sql'), 'SELECT 1;\n');
    const cases: readonly [args: string[], message: RegExp][] = [
      [[], /lockkeeper check/],
      [['chek'], /no command `chek`[\s\S]*Did you mean `check`/],
      [['doctor'], /not available yet/],
      [['check', 'now'], /`now` is not understood/],
      [['check', '--working-directory', folder, '--server', 'existing'], /not in a git work tree/],
      [['check', '--working-directory', join(folder, 'no'), '--applied-through', 'none'], /no|not/i],
      [['check', '--working-directory', folder, '--applied-through', '9'], /9/],
      [
        [
          'check',
          '--working-directory',
          folder,
          '--applied-through',
          '2_b',
          '--server',
          'existing',
          '--migrations',
          'nothing',
        ],
        /no folder nothing/,
      ],
    ];
    for (const [args, message] of cases) {
      const { status, stdout, stderr } = lockkeeper(args);
      assert.equal(status, 2, `${args.join(' ')}\n${stderr}`);
      assert.match(stdout + stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
    const broken = lockkeeper([
      'check',
      '--working-directory',
      folder,
      '--applied-through',
      '1_a',
      '--server',
      'existing',
    ]);
    assert.equal(broken.status, 2, 'nothing is pending behind a base that does not apply');
    assert.match(broken.stderr, /migrations\/1_a\.sql:3: .*syntax error at or near "TABEL"/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('no server to be reached: exit 3, and the password is not repeated', () => {
  const { status, stderr } = lockkeeper(shop, { LOCKKEEPER_SERVER_URL: 'postgresql://u:sesame@127.0.0.1:1/d' });
  assert.equal(status, 3);
  assert.match(stderr, /Cannot connect to PostgreSQL at 127\.0\.0\.1:1/);
  assert.doesNotMatch(stderr, /sesame/);
});

test('an interrupt ends the job in good order and leaves nothing', async () => {
  const args = [...shop.slice(0, -1), 'existing'];
  const env = { PATH: process.env.PATH, LOCKKEEPER_SERVER_URL: url };
  for (const delay of [60, 180, 300, 500]) {
    const child = spawn(process.execPath, [program, ...args], { env, stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGTERM'), delay);
    const status = await new Promise((resolve) => child.once('exit', resolve));
    clearTimeout(timer);
    assert.ok([143, 1, null].includes(status as number | null), `exit ${status} after ${delay} ms`);
  }
  await using session = await connect(newest.address);
  const left = await session.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname LIKE 'lockkeeper%'",
  );
  // other tests run checks at the same time, on a busy machine for long; what an interrupt leaves would stay for good
  const names = left.map(({ datname }) => datname);
  const still = () => session.query('SELECT FROM pg_database WHERE datname = ANY ($1)', [names]);
  for (const end = Date.now() + 60_000; Date.now() < end && (await still()).length > 0; ) await sleep(200);
  assert.deepEqual(await still(), [], names.join());
});

test('a reader that has seen enough is no reason to fail', async () => {
  const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [complaints, status] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  assert.deepEqual([complaints, status[0]], ['', 0]);
});
