import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { program } from '../support/program.ts';

const callerPath = '.github/workflows/lockkeeper.yml';
const migration = '-- +goose Up\nCREATE TABLE a (id bigint PRIMARY KEY);\n-- +goose Down\nDROP TABLE a;\n';

/** A repository of its own in a temporary folder, gone at the end. */
async function repository(files: Readonly<Record<string, string>>, branch = 'trunk') {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-init-'));
  git(folder, 'init', '--quiet', `--initial-branch=${branch}`);
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) await put(path, text);
  return {
    folder,
    put,
    read: (path: string) => readFile(join(folder, path), 'utf8'),
    files: async () => Object.fromEntries(await contents(folder)),
    init: (...args: string[]) => init(folder, args),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function contents(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const own = paths.filter((path) => !path.startsWith(join(folder, '.git', '/')));
  return Promise.all(
    own.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const),
  ) as Promise<[string, string][]>;
}

function git(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

function init(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
  return spawnSync(process.execPath, [program, 'init', ...args], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    input: '',
  });
}

const goose = { 'db/migrations/00001_a.sql': migration };

test('writes the caller as it is in workflows/, and the settings with where they are from', async () => {
  const compose = 'services:\n  db:\n    image: "postgres:16-alpine"\n';
  await using repo = await repository({ ...goose, 'compose.yaml': compose });
  const { status, stdout, stderr } = repo.init();
  assert.equal(status, 0, stderr);
  const template = await readFile('workflows/pull-request.yml', 'utf8');
  assert.equal(await repo.read(callerPath), template.replace('branches: [main]', 'branches: [trunk]'));
  assert.deepEqual(parse(await repo.read('lockkeeper.yml')), {
    tool: 'goose',
    migrations: 'db/migrations',
    postgres: 16,
  });
  assert.match(await repo.read('lockkeeper.yml'), /^postgres: 16 # as in compose\.yaml:3;/m);
  assert.match(stdout, /goose in db\/migrations\nPostgreSQL 16 in compose\.yaml:3\n/);
  assert.deepEqual(Object.keys(await repo.files()).sort(), [
    callerPath,
    'compose.yaml',
    'db/migrations/00001_a.sql',
    'lockkeeper.yml',
  ]);
});

test('a second run changes nothing and says so, also with other settings', async () => {
  await using repo = await repository(goose);
  assert.equal(repo.init('--forks').status, 0);
  const before = await repo.files();
  for (const args of [['--forks'], [], ['--yes', '--force'], ['--postgres', '16'], ['--dry-run']]) {
    const { status, stdout, stderr } = repo.init(...args);
    assert.equal(status, 0, stderr);
    if (!args.includes('--postgres')) assert.match(stdout + stderr, /Nothing to do: everything is there\./);
    assert.deepEqual(await repo.files(), before, args.join(' '));
  }
});

test('--dry-run writes nothing; git applies what it shows, to the same files', async () => {
  const workflow = '# ours\nname: Lint # quick\non: push\njobs: {}\n';
  await using repo = await repository({ ...goose, '.github/workflows/lint.yml': workflow });
  const before = await repo.files();
  const { status, stdout } = repo.init('--dry-run', '--forks');
  assert.equal(status, 0);
  assert.deepEqual(await repo.files(), before);
  const taken = spawnSync('git', ['apply'], { cwd: repo.folder, input: stdout, encoding: 'utf8' });
  assert.equal(taken.status, 0, taken.stderr);
  const applied = await repo.files();
  await using other = await repository({ ...goose, '.github/workflows/lint.yml': workflow });
  assert.equal(other.init('--forks').status, 0);
  assert.deepEqual(await other.files(), applied);
});

test('a file that is there is changed only with --force, and keeps all it has', async () => {
  const own = '# mine\nname: Something else # really\non: push\njobs: {}\n';
  await using repo = await repository({ ...goose, [callerPath]: own });
  const before = await repo.files();
  const refused = repo.init('--yes');
  assert.equal(refused.status, 4, refused.stderr);
  assert.match(refused.stderr, /lockkeeper\.yml is there already.*nothing was written\.\n.*--dry-run.*--force/);
  assert.deepEqual(await repo.files(), before);
  assert.equal(repo.init('--force').status, 0);
  assert.match(await repo.read(callerPath), /check\.yml@v0/);
});

test('settings that are there stay; what is missing is told, and added with --force', async () => {
  const own = '# strict\nfail-on: warning # agreed 2026\nmigrations: db/migrations';
  await using repo = await repository({
    ...goose,
    'lockkeeper.yml': own,
    'compose.yml': 'image: postgis/postgis:15-3.4\n',
  });
  const first = repo.init();
  assert.equal(first.status, 0, first.stderr);
  assert.equal(await repo.read('lockkeeper.yml'), own);
  assert.match(first.stdout, /lockkeeper\.yml is left as it is; it does not have:[\s\S]*\+tool: goose/);
  assert.equal(repo.init('--force').status, 0);
  const after = await repo.read('lockkeeper.yml');
  assert.ok(after.startsWith(`${own}\n`));
  assert.deepEqual(parse(after), { 'fail-on': 'warning', migrations: 'db/migrations', tool: 'goose', postgres: 15 });
});

test('in a sub-folder: a job of its own in the workflow that is there, every other character kept', async () => {
  await using repo = await repository({ ...goose, 'services/b c/sql/00001_a.sql': migration });
  assert.equal(repo.init('--migrations', 'db/migrations').status, 0);
  const pinned = (await repo.read(callerPath)).replace('check.yml@v0', `check.yml@${'a'.repeat(40)} # v0.1.0`);
  await repo.put(callerPath, `${pinned}\n# the end\n`);
  const below = join(repo.folder, 'services/b c');
  assert.equal(init(below, ['--yes']).status, 4, 'not without being asked');
  const { status, stderr } = init(below, ['--force']);
  assert.equal(status, 0, stderr);
  const text = await repo.read(callerPath);
  const { jobs } = parse(text) as { jobs: Record<string, { uses: string; with?: unknown }> };
  assert.deepEqual(Object.keys(jobs), ['check', 'check-services-b-c']);
  assert.deepEqual(jobs['check-services-b-c']?.with, {
    'working-directory': 'services/b c',
    'comment-id': 'services-b-c',
  });
  assert.equal(jobs['check-services-b-c']?.uses, jobs.check?.uses);
  for (const line of pinned.split('\n')) assert.ok(text.includes(line), line);
  assert.match(text, /# the end\n$/);
  assert.deepEqual(parse(await repo.read('services/b c/lockkeeper.yml')).migrations, 'sql');
  const before = await repo.files();
  assert.equal(init(below, []).status, 0);
  assert.deepEqual(await repo.files(), before);
});

test('the first sub-folder has its folder in both workflows', async () => {
  await using repo = await repository({ 'services/a/sql/00001_a.sql': migration });
  assert.equal(init(join(repo.folder, 'services/a'), ['--forks']).status, 0);
  const { jobs } = parse(await repo.read(callerPath));
  assert.deepEqual(jobs.check.with, { 'working-directory': 'services/a' });
  const comment = parse(await repo.read('.github/workflows/lockkeeper-comment.yml'));
  assert.deepEqual(comment.jobs.comment.steps[0].with, { command: 'comment', 'working-directory': 'services/a' });
});

test('workflows that call Lockkeeper in another way are recognised', async () => {
  const step = 'on: pull_request\njobs:\n  x:\n    runs-on: a\n    steps:\n      - uses: lockkeeper/lockkeeper@main\n';
  await using repo = await repository({ ...goose, '.github/workflows/ci.yaml': step });
  const { status, stdout } = repo.init();
  assert.equal(status, 0);
  assert.match(stdout, /ci\.yaml calls Lockkeeper already and is left as it is/);
  assert.deepEqual(
    Object.keys(await repo.files()).filter((path) => path.startsWith('.github')),
    ['.github/workflows/ci.yaml'],
  );
});

test('PostgreSQL: several named majors, images of others, comments, and none', async () => {
  const services = 'jobs:\n  t:\n    services:\n      db:\n        image: pgvector/pgvector:pg17\n';
  const compose = [
    '# image: postgres:13',
    'image: registry.example:5000/library/postgres:14',
    'image: mypostgres:18',
    'image: timescale/timescaledb:2.14.2-pg16',
    'image: postgres:11',
    'image: postgres:latest',
  ].join('\n');
  await using repo = await repository({ ...goose, '.github/workflows/t.yml': services, 'docker-compose.yml': compose });
  const { stdout } = repo.init();
  assert.match(
    stdout,
    /PostgreSQL 14 in docker-compose\.yml:2\nPostgreSQL 16 in docker-compose\.yml:4\nPostgreSQL 17 in \.github\/workflows\/t\.yml:5\nPostgreSQL 17 is taken/,
  );
  assert.equal(parse(await repo.read('lockkeeper.yml')).postgres, 17);
  await using none = await repository(goose);
  assert.match(none.init().stdout, /the repository names no version/);
  assert.equal(parse(await none.read('lockkeeper.yml')).postgres, undefined);
});

test('what it cannot do is said, with exit 2, and nothing is written', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'lockkeeper-init-'));
  await using empty = await repository({ 'README.md': '# nothing yet\n' });
  await using several = await repository({ 'a/00001_a.sql': migration, 'b/00001_a.sql': migration });
  await using links = await repository(goose);
  await symlink(outside, join(links.folder, '.github'));
  const cases: readonly [folder: string, args: string[], message: RegExp][] = [
    [outside, [], /not in a git work tree\.\n.*git init/],
    [empty.folder, [], /No migrations found/],
    [several.folder, ['--yes'], /several folders of migrations[\s\S]*Decide with the setting `migrations`/],
    [several.folder, ['--migrations', 'c'], /no folder c/],
    [several.folder, ['--postgres', '9'], /9/],
    [several.folder, ['--dryrun'], /dryrun/],
    [links.folder, [], /symbolic link that leads out of the repository/],
  ];
  for (const [folder, args, message] of cases) {
    const { status, stdout, stderr } = init(folder, args);
    assert.equal(status, 2, stdout + stderr);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /);
  }
  assert.deepEqual(await readdir(outside), []);
  assert.deepEqual(Object.keys(await several.files()).sort(), ['a/00001_a.sql', 'b/00001_a.sql']);
  assert.equal((await links.files())['lockkeeper.yml'], undefined, 'all or nothing');
  await rm(outside, { recursive: true });
});

test('names of folders and branches stay text in the files', async () => {
  const folder = "x: [y] #'z\u0024{{ github.token }}";
  await using repo = await repository({ [`${folder}/00001_a.sql`]: migration }, 'a#b');
  assert.equal(init(join(repo.folder, folder), ['--forks']).status, 0);
  const { jobs } = parse(await repo.read(callerPath));
  assert.match(await repo.read(callerPath), /branches: \["?a#b"?\]/);
  assert.equal(
    jobs.check.with['working-directory'],
    folder.replace('\u0024{{', "\u0024{{ '\u0024{{' }}"),
    'text for GitHub',
  );
  assert.match(init(join(repo.folder, folder), ['--forks']).stdout, /Nothing to do/);
});
