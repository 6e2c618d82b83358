import type { Definitions } from './definition.ts';

const reading = ['verify', 'restore'] as const;

const keyed = [...reading, 'migrate', 'check'] as const;

/** Which backup is meant, and what is done with it. */
export const restoring = {
  backup: {
    type: 'text',
    placeholder: 'WHICH',
    help: 'Which backup: its ID, its number in `backups`, a time, `latest`, or `before:ID` of a migration. For `migrate`: `always` (default) or `never`, not from lockkeeper.yml.',
    eachRun: true,
    commands: [...reading, 'migrate'],
  },
  database: {
    type: 'text',
    placeholder: 'NAME',
    help: 'Only backups of this database; those of all where absent.',
    commands: ['backups', 'prune', 'check', ...reading],
  },
  'identity-file': {
    type: 'text',
    placeholder: 'FILE',
    help: 'File with age secret keys, as `age-keygen` writes it, for backups that are encrypted.',
    commands: keyed,
  },
  depth: {
    type: 'choice',
    values: ['bytes', 'decode', 'restore'],
    default: 'restore',
    placeholder: 'DEPTH',
    help: 'How far a drill goes: the stored bytes, what they decode to, or a restored database.',
    commands: ['verify'],
  },
  assertions: {
    type: 'list',
    placeholder: 'PATH',
    help: 'Files of one SQL query each, or folders of them, that must return no rows from what was restored.',
    commands: reading,
  },
  amcheck: {
    ...{ type: 'switch', placeholder: '' },
    help: 'After the comparison, also looks through every B-tree index and table for damage, with the extension amcheck.',
    commands: ['verify'],
  },
  into: {
    type: 'text',
    placeholder: 'NAME',
    help: 'New database to restore into; named after the old one and the time where absent.',
    commands: ['restore'],
  },
  overwrite: {
    type: 'text',
    placeholder: 'NAME',
    help: 'Database that the restored one takes the place of, after a safety backup; not from lockkeeper.yml.',
    eachRun: true,
    commands: ['restore'],
  },
  file: {
    type: 'text',
    placeholder: 'FILE',
    help: 'Restores this dump that pg_dump wrote (SQL, custom format, directory or tar; also as .gz, .zst or .age) instead of a backup.',
    commands: ['restore'],
  },
  'without-roles': {
    type: 'switch',
    placeholder: '',
    help: 'Creates no missing roles, and leaves out owners and grants.',
    commands: ['restore'],
  },
} as const satisfies Definitions;
