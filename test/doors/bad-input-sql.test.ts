import { oldest, servers } from '../support/postgres.ts';
import { applied, type Case, cases, pending } from './bad-input.ts';

const limited = ['check', '--statement-limit', '1'];

cases('SQL that PostgreSQL refuses', {
  'a word in the wrong place': {
    ...pending('SELECT 1;\n\nCREATE TABLE ok ();\nALTER TABLE a\n  ADD COLUMM x int;\n'),
    status: 1,
    says: ['error  migrations/2_b.sql:5  migration-fails', 'ALTER TABLE a ADD COLUMM x int', 'syntax error at or near'],
  },
  'on the line that PostgreSQL points to': {
    ...pending("CREATE TABLE ok ();\n-- ä 漢\nINSERT INTO a\n VALUES (1),\n ('x');\n"),
    status: 1,
    says: ['error  migrations/2_b.sql:5  migration-fails', 'invalid input syntax for type integer: "x"', '22P02'],
  },
  'with line ends of Windows': {
    ...pending('ALTER TABLE a\r\n  ADD COLUMN b int,\r\n  ADD COLUMN c tpye;\r\n'),
    status: 1,
    says: ['error  migrations/2_b.sql:3  migration-fails', 'type "tpye" does not exist (SQLSTATE 42704)'],
  },
  'behind a byte order mark': {
    ...pending('\ufeffCREATE TABLE b ();\nCREATE TABEL c ();\n'),
    status: 1,
    says: ['error  migrations/2_b.sql:2  migration-fails', 'syntax error at or near "TABEL"'],
  },
  'a string that does not end': {
    ...pending("CREATE TABLE ok ();\nSELECT 'open;\nSELECT 2;\n"),
    status: 1,
    says: ['error  migrations/2_b.sql:2  migration-fails', 'unterminated quoted string'],
  },
  'in a base migration': {
    base: { 'migrations/1_a.sql': 'CREATE TABLE a ();\n\nCREATE TABEL b ();\n' },
    head: { 'migrations/2_b.sql': 'SELECT 1;' },
    status: 2,
    says: ['migrations/1_a.sql:3: The base migration 1_a fails: syntax error at or near "TABEL"', 'must apply'],
  },
  'an extension that is not there': {
    ...pending('SELECT 1;\nCREATE EXTENSION postgiss;\n'),
    status: 1,
    says: ['error  migrations/2_b.sql:2  migration-fails', 'extension "postgiss" is not available'],
  },
  'an extension that the base wants': {
    base: { 'migrations/1_a.sql': 'SELECT 1;\nCREATE EXTENSION timescaledb;\n' },
    head: { 'migrations/2_b.sql': 'SELECT 1;' },
    status: 2,
    says: ['migrations/1_a.sql:2: ', 'does not bring the extension', '`server-url`'],
  },
  'an error of a megabyte': {
    ...pending("DO $$ BEGIN RAISE EXCEPTION '%', repeat('long ', 200000); END $$;\n"),
    status: 1,
    says: ['error  migrations/2_b.sql:1  migration-fails', '1000000 characters'],
    silent: /(long\s+){1000}/,
  },
  'an error with terminal codes': {
    ...pending("DO $$ BEGIN RAISE EXCEPTION E'a\\x1b[31mred\\n::error::x\\u202e'; END $$;\n"),
    status: 1,
    says: ['It fails: a\\u001b[31mred'],
    silent: /^::|(?!\n)\p{Cc}|\u202e/mu,
  },
});

cases('SQL that does what nobody wants', {
  ...Object.fromEntries(
    servers.map((server): [string, Case] => [
      `it never ends, on PostgreSQL ${server.major}`,
      {
        ...pending('SELECT 1;\nSELECT pg_sleep(3600);\n'),
        words: limited,
        server,
        status: 1,
        says: ['error  migrations/2_b.sql:2  migration-fails', 'ran longer than 1 s, the statement-limit'],
      },
    ]),
  ),
  'a base migration never ends': {
    base: { 'migrations/1_a.sql': 'SELECT 1;\nSELECT pg_sleep(3600);' },
    head: { 'migrations/2_b.sql': 'SELECT 1;' },
    words: limited,
    status: 2,
    says: ['migrations/1_a.sql:2: The base migration 1_a fails: it ran longer than 1 s', 'Raise that setting'],
  },
  'it never ends and catches the cancel': {
    ...pending(
      'DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(9); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$;',
    ),
    words: limited,
    status: 1,
    says: ['error  migrations/2_b.sql:1  migration-fails', 'ran longer than 1 s, the statement-limit'],
  },
  'it waits for itself through another session': {
    base: { 'migrations/1_a.sql': 'CREATE TABLE a ();\nCREATE EXTENSION dblink;\n' },
    head: {
      'migrations/2_b.sql': `LOCK TABLE a;\nSELECT dblink_exec('host=${oldest.address.host} port=${oldest.address.port} user=${oldest.address.user} dbname=' || current_database(), 'ALTER TABLE a ADD x int');\n`,
    },
    words: limited,
    server: oldest,
    status: 1,
    says: ['error  migrations/2_b.sql:2  migration-fails', 'ran longer than 1 s, the statement-limit'],
  },
  'it ends its own session': {
    ...pending("SELECT 1;\nDO $$ BEGIN EXECUTE 'SELECT pg_' || 'terminate_backend(pg_backend_pid())'; END $$;\n"),
    status: 1,
    says: ['error  migrations/2_b.sql:2  migration-fails', 'it ends its own session: terminating connection'],
  },
  'a base migration ends its own session': {
    base: {
      ...applied,
      'migrations/2_b.sql': "DO $$ BEGIN EXECUTE 'SELECT pg_' || 'terminate_backend(pg_backend_pid())'; END $$;\n",
    },
    head: { 'migrations/3_c.sql': 'SELECT 1;' },
    status: 2,
    says: ['migrations/2_b.sql', 'The base migration 2_b fails: it ends its own session'],
  },
  'LOCK outside a transaction': {
    ...pending('CREATE INDEX CONCURRENTLY i ON a (id);\nLOCK TABLE a;\n'),
    status: 1,
    says: ['error  migrations/2_b.sql:2  migration-fails', 'LOCK TABLE can only be used in transaction blocks'],
  },
  'BEGIN without COMMIT': {
    ...pending('BEGIN;\nCREATE TABLE b ();\n'),
    status: 1,
    says: ['migrations/2_b.sql', 'the transaction that line 1 begins is never committed', 'Add the missing COMMIT'],
  },
  'BEGIN without COMMIT in the base': {
    base: { 'migrations/1_a.sql': '-- x\nBEGIN;\nCREATE TABLE b ();\n' },
    head: { 'migrations/2_b.sql': 'ALTER TABLE b ADD x int;' },
    status: 2,
    says: ['migrations/1_a.sql:3: ', 'the transaction that line 2 begins is never committed', 'Add the missing COMMIT'],
  },
  'ROLLBACK of everything': {
    ...pending('BEGIN;\nCREATE TABLE b ();\nROLLBACK;\n'),
    status: 0,
    says: ['3 statements, all observed'],
    silent: /Schema change/,
  },
  'a role that may nothing': {
    ...pending('SET ROLE pg_monitor;\nCREATE TABLE a.b ();\nCREATE SCHEMA s;\n'),
    status: 1,
    says: ['error  migrations/2_b.sql:2  migration-fails'],
  },
  'a role left over, where every file has a session of its own': {
    base: applied,
    head: { 'migrations/2_b.sql': 'SET ROLE pg_monitor;\n', 'migrations/3_c.sql': 'CREATE SCHEMA s;\n' },
    status: 0,
    says: ['+ schema s'],
  },
  'a role left over, where all files share one': {
    base: { 'm/1_a.up.sql': 'SELECT 1;\n', 'm/1_a.down.sql': 'SELECT 1;\n' },
    head: { 'm/2_b.up.sql': 'SET ROLE pg_monitor;\n', 'm/3_c.up.sql': 'CREATE SCHEMA s;\n' },
    status: 1,
    says: ['error  m/3_c.up.sql:1  migration-fails', 'permission denied', 'SQLSTATE 42501'],
  },
  'a search_path left over': {
    base: {
      'm/1_a.up.sql': "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a (id int);\n",
      'm/1_a.down.sql': 'SELECT 1;\n',
    },
    head: { 'm/2_b.up.sql': 'ALTER TABLE a ADD b int;\n' },
    status: 1,
    says: ['error  m/2_b.up.sql:1  migration-fails', 'relation "a" does not exist', 'search_path'],
  },
  'DROP DATABASE': {
    ...pending('SELECT 1;\nDROP DATABASE postgres;\n'),
    status: 0,
    says: ['migrations/2_b.sql:2 was not wholly observed: It was not run'],
  },
  'DROP DATABASE of its own, out of sight': {
    ...pending("DO $$ BEGIN EXECUTE format('DROP DATABASE %I', current_database()); END $$;\n"),
    status: 1,
    says: ['error  migrations/2_b.sql:1  migration-fails', 'DROP DATABASE cannot'],
  },
  'DROP SCHEMA public': {
    ...pending('DROP SCHEMA public CASCADE;\n'),
    status: 1,
    says: ['error  migrations/2_b.sql:1  drop-schema', 'deletes public.a with all data', '- schema public'],
  },
});

const rows = Array.from({ length: 40_000 }, (_, index) => `(${index}, '${'x'.repeat(40)}')`).join(', ');
const inserts = (count: number, wrong: number) =>
  Array.from({ length: count }, (_, index) => `INSERT INTO big VALUES (${index === wrong ? "'x'" : index}, 'y');\n`);
const many = (name: (index: number) => string) =>
  Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`migrations/${name(index)}.sql`, 'SELECT 1;\n']));

cases('much and nothing', {
  'an INSERT of 2 MB': {
    ...pending(`CREATE TABLE big (id int, t text);\nINSERT INTO big VALUES ${rows};\n`),
    status: 0,
    says: ['2 statements, all observed', '+ table public.big'],
  },
  '20,000 statements in a base migration': {
    base: { 'migrations/1_a.sql': `CREATE TABLE big (id int, t text);\n${inserts(20_000, 15_000).join('')}` },
    head: { 'migrations/2_b.sql': 'SELECT 1;' },
    status: 2,
    says: ['migrations/1_a.sql:15002: The base migration 1_a fails: invalid input syntax for type integer: "x"'],
  },
  '2,000 statements in a pending one': {
    ...pending(`CREATE TABLE big (id int, t text);\n${inserts(2000, 1500).join('')}`),
    status: 1,
    says: ['error  migrations/2_b.sql:1502  migration-fails', '499 of 2001 statements were not run'],
  },
  '5,000 files': {
    base: many((index) => String(index).padStart(4, '0')),
    head: { 'migrations/9999_b.sql': 'CREATE TABLE b ();\n' },
    status: 0,
    says: ['1 migration', '+ table public.b'],
  },
  'an empty file': { ...pending(''), status: 0, says: ['migrations/2_b.sql holds no statement'] },
  'only comments': { ...pending('-- x\n/* y */\n'), status: 0, says: ['migrations/2_b.sql holds no statement'] },
  'names with blanks, quotes and more': {
    ...pending('CREATE TABLE b ();\nCREATE TABEL c ();\n', `2 it's "b" $(x) \`y\` ; é 漢`),
    status: 1,
    says: [`error  migrations/2 it's "b" $(x) \`y\` ; é 漢.sql:2  migration-fails`],
  },
  'a name with a line break': {
    ...pending('CREATE TABEL c ();\n', '2_a\nb'),
    status: 1,
    says: ['error  migrations/2_a\\nb.sql:1  migration-fails', '⛔ 2_a\\nb.sql fails'],
  },
  'results and notices without end': {
    ...pending(
      "SELECT repeat('x', 100) FROM generate_series(1, 50000);\nDO $$ BEGIN FOR i IN 1..2000 LOOP RAISE NOTICE '%', repeat('y', 500); END LOOP; END $$;\n",
    ),
    status: 0,
    says: ['2 statements, all observed'],
    silent: /yyyy|xxxx/,
  },
});
