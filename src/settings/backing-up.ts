import type { Definitions } from './definition.ts';

/** A backup is also taken before a database is restored over or migrated. */
const taking = ['backup', 'restore', 'migrate'] as const;

const onTargets = [...taking, 'plan', 'history'] as const;

/** What is backed up, and how. */
export const backingUp = {
  url: {
    type: 'secret',
    placeholder: 'URL',
    help: 'Connection URL of the target; also DATABASE_URL, or PG…, POSTGRES_… or DB_… parts.',
    commands: onTargets,
  },
  'url-file': {
    type: 'text',
    placeholder: 'FILE',
    help: 'File that holds the URL of the target.',
    commands: onTargets,
  },
  databases: {
    type: 'list',
    placeholder: 'NAME',
    help: 'Databases of that server to back up instead of the one in the URL: names, patterns (`shop_*`, `*`), `!` before what is left out.',
    commands: ['backup'],
  },
  format: {
    type: 'choice',
    values: ['custom', 'plain', 'directory'],
    default: 'custom',
    placeholder: 'FORMAT',
    help: 'What pg_dump writes: its custom format, SQL, or a directory, over several connections and with room for it in TMPDIR.',
    commands: taking,
  },
  compression: {
    type: 'choice',
    values: ['zstd', 'gzip', 'none'],
    default: 'zstd',
    placeholder: 'WAY',
    help: 'How the dump is compressed, on several threads.',
    commands: taking,
  },
  'encrypt-to': {
    type: 'list',
    placeholder: 'RECIPIENT',
    help: 'age recipients (`age1…`) that alone can read the backup; their secret keys are not needed here.',
    commands: taking,
  },
  'row-counts': {
    type: 'choice',
    values: ['exact', 'estimated', 'off'],
    default: 'exact',
    placeholder: 'WAY',
    help: 'How the rows are counted that a drill compares; counting exactly reads every table once more.',
    commands: taking,
  },
  key: {
    type: 'text',
    default: 'postgres/{database}/backup_{timestamp}',
    placeholder: 'TEMPLATE',
    help: 'What backups are called in the store, without ending.',
    commands: taking,
  },
  reason: {
    type: 'text',
    placeholder: 'TEXT',
    help: 'What the backup is taken for; `before migration 0042` is found as `before:0042`. Of `migrate`: why `allow` is set; printed and recorded.',
    commands: ['backup', 'migrate'],
  },
  jobs: {
    ...{ type: 'number', range: [1, 64], whole: true },
    placeholder: 'N',
    help: 'Connections that dump a directory, or restore, at once; as many as there are CPUs, up to 8, where absent.',
    commands: [...taking, 'verify', 'check'],
  },
  'pg-bin': {
    type: 'text',
    placeholder: 'FOLDER',
    help: 'Folder with pg_dump, pg_restore and psql, where those that are installed do not fit.',
    commands: [...taking, 'verify', 'check'],
  },
  'ping-url': {
    type: 'secret',
    placeholder: 'URL',
    help: 'Asked for when the command has done its work; when it failed, with `/fail` behind it.',
    commands: ['backup', 'backups', 'verify', 'prune', 'migrate'],
  },
} as const satisfies Definitions;
