import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestRepository } from '../git/support.ts';
import { runProgram } from '../support/program.ts';
import { applied, type Case, cases, pending } from './bad-input.ts';

const goose = (text: string | Uint8Array): Pick<Case, 'base' | 'head'> => ({
  base: { 'm/1_a.sql': '-- +goose Up\nSELECT 1;\n' },
  head: { 'm/2_b.sql': text },
});

const golangMigrate = { 'm/1_a.up.sql': 'SELECT 1;\n', 'm/1_a.down.sql': 'SELECT 1;\n' };

cases('what to check', {
  'no migrations': {
    base: { 'README.md': '#' },
    status: 2,
    says: ['No migrations found in the work tree.', 'goose (files named like', 'Name the folder with `migrations`'],
  },
  'two tools': {
    base: { ...golangMigrate, 'g/1_a.sql': '-- +goose Up\nSELECT 1;\n' },
    status: 2,
    says: ['several tools:', 'golang-migrate in m: 2 files', 'goose in g: `-- +goose Up` in 1_a.sql', '`tool`'],
  },
  'two folders': {
    base: { 'a/migrations/1_a.sql': 'SELECT 1;', 'b/migrations/1_a.sql': 'SELECT 1;' },
    status: 2,
    says: ['several folders', 'sql in a/migrations', 'sql in b/migrations', 'Decide with the setting `migrations`'],
  },
  'a folder that is not there': {
    ...pending('SELECT 1;'),
    words: ['check', '--migrations', 'migration'],
    status: 2,
    says: ['There is no folder migration in the work tree.', 'Did you mean migrations?'],
  },
  'a folder that is a file': {
    ...pending('SELECT 1;'),
    words: ['check', '--migrations', 'migrations/1_a.sql'],
    status: 2,
    says: ['migrations/1_a.sql is a file, not a folder.', 'Did you mean migrations?'],
  },
  'a folder outside the repository': {
    ...pending('SELECT 1;'),
    words: ['check', '--migrations', '../other'],
    status: 2,
    says: ['There is no folder ../other', 'relative to the repository'],
  },
  'an unknown migration': {
    ...pending('SELECT 1;'),
    words: ['check', '--applied-through', '1_b'],
    status: 2,
    says: ['There is no migration 1_b.', 'Did you mean 1_a', '`none`'],
  },
});

cases('git', {
  'not a git repository': {
    prepare: (repository) => repository.write(applied),
    status: 2,
    says: ['is not in a git work tree.', 'after actions/checkout', '`applied-through`'],
  },
  'no commit yet': {
    prepare: ({ root }) => new TestRepository(root, 'work').write(applied),
    words: ['check', '--base', 'HEAD'],
    status: 2,
    says: ['has no commit yet', 'Commit first'],
  },
  'a base that is nowhere': {
    ...pending('SELECT 1;'),
    words: ['check', '--base', 'mian'],
    status: 2,
    says: ['There is no branch, tag or commit called mian', 'Did you mean main?', '`fetch-depth: 0`'],
  },
  'nothing to compare with': {
    ...pending('SELECT 1;'),
    prepare: (repository) => repository.git('branch', '--quiet', '-D', 'main'),
    status: 2,
    says: ['It is not known what the migrations are to be compared with.', 'Name a branch with `base`'],
  },
  'a shallow clone without its origin': {
    prepare: ({ root }) => shallow(root).git('remote', 'set-url', 'origin', '/nowhere/at/all'),
    words: ['check', '--base', 'HEAD~5'],
    status: 2,
    says: ['The base cannot be reached: git fetch from origin failed', '`fetch-depth: 0`', '`applied-through`'],
  },
  'a shallow clone': {
    prepare: ({ root }) => shallow(root),
    words: ['check', '--base', 'HEAD~5'],
    status: 0,
    says: ['1 migration applied, none pending'],
  },
  'a detached head': {
    ...pending('SELECT 1;'),
    prepare: (repository) => {
      repository.commit();
      repository.git('checkout', '--quiet', '--detach');
    },
    status: 0,
    says: ['1 migration, nothing to worry about'],
  },
});

/** A clone of its newest commit only. */
function shallow(root: string): TestRepository {
  const origin = new TestRepository(join(root, '..', 'origin'));
  origin.commit(applied);
  origin.commits(10);
  origin.git('clone', '--quiet', '--depth', '1', pathToFileURL(origin.root).href, root);
  return Object.setPrototypeOf({ root }, TestRepository.prototype) as TestRepository;
}

const utf16 = Buffer.from('\ufeffSELECT 1;', 'utf16le');

cases('texts', {
  'Latin 1': {
    ...pending(Buffer.from("-- ok\nSELECT 'caf\u00e9';\n", 'latin1')),
    status: 2,
    says: ['migrations/2_b.sql:2: Line 2 is not UTF-8 text.', 'iconv -f WINDOWS-1252 -t UTF-8'],
  },
  'UTF-16': { ...pending(utf16), status: 2, says: ['migrations/2_b.sql:1: The file is UTF-16', 'iconv -f UTF-16'] },
  'a byte order mark before goose': {
    ...goose('\ufeff-- +goose Up\nSELECT 1;\n'),
    status: 2,
    says: ['m/2_b.sql:1: The file begins with a byte order mark, on which goose fails.', 'sed -i'],
  },
  'a byte order mark before golang-migrate': {
    base: golangMigrate,
    head: { 'm/2_b.up.sql': '\ufeffSELECT 1;\n' },
    status: 2,
    says: ['m/2_b.up.sql:1: The file begins with a byte order mark, on which golang-migrate fails.', 'sed -i'],
  },
  'a name that goose refuses': {
    ...goose('-- +goose Up\nSELECT 1;\n'),
    prepare: (repository) => repository.write({ 'm/seed.sql': 'SELECT 1;\n' }),
    status: 2,
    says: ['m/seed.sql: goose refuses the whole folder', 'move it out of the folder'],
  },
  'an empty goose file': { ...goose(''), status: 2, says: ['m/2_b.sql:1: The file has no `-- +goose Up`.'] },
  'an environment that goose fills in': {
    ...goose(`-- +goose ENVSUB ON\n-- +goose Up\nCREATE TABLE \${PREFIX}_x ();\n`),
    status: 2,
    says: ['m/2_b.sql:3: goose fills in this line from its environment', 'Write the value itself.'],
  },
  'a template': {
    ...pending('SELECT 1;\nCREATE TABLE {{ .Prefix }}_x ();\n'),
    status: 2,
    says: ['migrations/2_b.sql:2: {{ .Prefix }} is a template', 'Write the value itself'],
  },
  'a variable of psql': {
    ...pending('SELECT 1;\nCREATE TABLE :prefix_x ();\n'),
    status: 2,
    says: ['migrations/2_b.sql:2: :prefix_x is a variable', 'Write the value itself.'],
  },
  '\\i': { ...pending('SELECT 1;\n\\i x.sql\n'), status: 2, says: ['migrations/2_b.sql:2: \\i is a command', 'Copy'] },
  '\\copy': { ...pending("\\copy a FROM 'x'\n"), status: 2, says: ['2_b.sql:1: \\copy is a command', 'INSERT'] },
  '\\connect': {
    ...pending('\\connect other\n'),
    status: 2,
    says: ['2_b.sql:1: \\connect is a command of psql', 'a migration runs in one database'],
  },
  'COPY FROM stdin with data': {
    ...pending('SELECT 1;\nCOPY a (id) FROM stdin;\n1\n\\.\n'),
    status: 2,
    says: ['migrations/2_b.sql:2: COPY … FROM stdin takes its rows from psql', 'Write the rows as INSERT'],
  },
});

const nobody = 65_534;
const readable = process.getuid?.() !== 0 || (await runProgram(['--version'], { uid: nobody })).status === 0;
const asOther: Pick<Case, 'uid' | 'env'> = {
  ...(process.getuid?.() === 0 && { uid: nobody }),
  env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
};

cases('files', {
  'a name with a line break': {
    ...pending('\\i x', '2_a\nb'),
    status: 2,
    says: ['migrations/2_a\\nb.sql:1: \\i is a command of psql'],
  },
  'a name with terminal codes': {
    ...pending('\\i x', '2_\u001b[31m\u202e::error::x'),
    status: 2,
    says: ['migrations/2_\\u001b[31m\\u202e::error::x.sql:1: '],
  },
  'a name that is not UTF-8': {
    base: applied,
    prepare: ({ root }) => writeFileSync(Buffer.from(`${root}/migrations/2_caf\u00e9.sql`, 'latin1'), 'SELECT 1;'),
    status: 2,
    says: ['Cannot read the file: its name is not UTF-8.'],
  },
  'a link out of the repository': {
    base: applied,
    prepare: ({ root }) => symlinkSync('/etc/hostname', join(root, 'migrations/2_b.sql')),
    status: 2,
    says: ['migrations/2_b.sql: The file is a symbolic link that leads to no file of the repository.', 'Put the file'],
  },
  'a link to a folder': {
    base: { 'sql/1_a.sql': 'SELECT 1;' },
    prepare: ({ root }) => symlinkSync('sql', join(root, 'migrations')),
    words: ['check', '--migrations', 'migrations'],
    status: 2,
    says: ['There is no folder migrations', 'symbolic links to folders are not read'],
  },
  'a submodule': {
    base: { 'README.md': '#' },
    prepare: (repository) => new TestRepository(join(repository.root, 'sub')).commit(applied),
    words: ['check', '--migrations', 'sub/migrations'],
    status: 2,
    says: ['There is no folder sub/migrations in the work tree.', 'submodules', 'are not read'],
  },
  'a submodule by itself': {
    base: { 'README.md': '#' },
    prepare: (repository) => new TestRepository(join(repository.root, 'sub')).commit(applied),
    words: ['check', '--working-directory', 'sub'],
    status: 0,
    says: ['1 migration applied, none pending'],
  },
  ...(readable && {
    'a file that may not be read': {
      ...pending('SELECT 1;'),
      ...asOther,
      prepare: ({ root }) => chmodSync(join(root, 'migrations/2_b.sql'), 0),
      status: 2,
      says: ['migrations/2_b.sql: Cannot read the file: the user that runs Lockkeeper may not.'],
    },
    'a closed folder that has nothing to do with it': {
      base: applied,
      ...asOther,
      prepare: ({ root }) => mkdirSync(join(root, 'data'), { mode: 0 }),
      status: 0,
      says: ['1 migration applied, none pending'],
    },
  }),
});

cases('no PostgreSQL', {
  'every way is told with the reason why it fails': {
    ...pending('SELECT 1;'),
    words: ['check', '--postgres', '13'],
    env: {
      LOCKKEEPER_SERVER_URL: '',
      RUNNER_TOOL_CACHE: join(import.meta.dirname, 'bad-input.ts'),
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_fetch_retries: '0',
    },
    status: 3,
    says: [
      'There is no PostgreSQL to run the migrations on.\nWays tried:\n- existing: no `server-url` was given.\n',
      '- binaries: PostgreSQL 13 is not installed on this machine.',
      /- embedded: .*\S/,
    ],
  },
  'nobody listens': {
    ...pending('SELECT 1;'),
    env: { LOCKKEEPER_SERVER_URL: 'postgresql://u:sesame@127.0.0.1:1/d' },
    status: 3,
    says: ['Cannot connect to PostgreSQL at 127.0.0.1:1: connect ECONNREFUSED', 'Check host, port, user'],
    silent: /sesame/,
  },
  'a URL of another database': {
    ...pending('SELECT 1;'),
    env: { LOCKKEEPER_SERVER_URL: 'mysql://u:sesame@127.0.0.1/d' },
    status: 2,
    says: ['does not begin with postgresql://', 'postgresql://user:password@host:5432/database'],
    silent: /sesame/,
  },
  'a URL that is none': {
    ...pending('SELECT 1;'),
    env: { LOCKKEEPER_SERVER_URL: 'postgresql://u:ses%ame@127.0.0.1:port/d' },
    status: 2,
    says: ['The URL of the server cannot be read.', 'percent-encoded'],
    silent: /ses%ame/,
  },
  'a lent server without URL': {
    ...pending('SELECT 1;'),
    words: ['check', '--server', 'existing'],
    env: { LOCKKEEPER_SERVER_URL: '' },
    status: 2,
    says: ['needs the server’s URL', 'LOCKKEEPER_SERVER_URL'],
  },
});
