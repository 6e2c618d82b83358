import { severities } from '../model/finding.ts';
import { serverNames } from '../servers/index.ts';
import { toolNames } from '../tools/index.ts';
import type { Definitions } from './definition.ts';

const onMigrations = ['check', 'plan', 'migrate'] as const;

/** What is checked, and how it is judged. */
export const checking = {
  tool: {
    type: 'choice',
    values: ['auto', ...toolNames],
    default: 'auto',
    placeholder: 'NAME',
    help: 'Migration tool; `auto` tells it from the files.',
    commands: [...onMigrations, 'tools', 'init'],
  },
  migrations: {
    type: 'list',
    placeholder: 'FOLDER',
    help: 'Folders of migrations, relative to the repository; found by itself where there is one.',
    commands: [...onMigrations, 'tools', 'init'],
  },
  base: {
    type: 'text',
    placeholder: 'REF',
    help: 'Git ref that the migrations are compared with; what the merge base has counts as applied. In the Action: the pull request’s base.',
    commands: ['check'],
  },
  'applied-through': {
    type: 'text',
    placeholder: 'ID',
    help: 'The last applied migration, by version or file name without extension, or `none`: instead of `base`; for a target whose tool has no table yet, once.',
    commands: [...onMigrations],
  },
  server: {
    type: 'choice',
    values: serverNames,
    default: 'auto',
    placeholder: 'WAY',
    help: 'How to get a PostgreSQL to rehearse or restore on.',
    commands: [...onMigrations, 'verify'],
  },
  'server-url': {
    type: 'secret',
    placeholder: 'URL',
    help: 'Connection URL for `existing`. Lockkeeper works there in databases of its own and drops them.',
    commands: [...onMigrations, 'verify'],
  },
  postgres: {
    type: 'number',
    range: [12, 18],
    whole: true,
    placeholder: 'MAJOR',
    help: 'PostgreSQL major of the target, 12 to 18; should be what production runs.',
    commands: ['check', 'init'],
  },
  'fail-on': {
    type: 'choice',
    values: [...severities.toReversed(), 'never'],
    default: 'error',
    placeholder: 'SEVERITY',
    help: 'Least severity of a finding that fails the check.',
    commands: onMigrations,
  },
  protected: {
    type: 'list',
    placeholder: 'GLOB',
    help: 'Tables that no migration may drop, truncate, rename or take columns from: `orders`, `billing.*`.',
    commands: onMigrations,
  },
  'search-path': {
    type: 'list',
    placeholder: 'SCHEMA',
    help: 'Schemas in which the migrations’ names without a schema lie, where it is not `public`; `plan` and `migrate` ask the target instead.',
    commands: ['check'],
  },
  'seed-rows': {
    type: 'number',
    range: [0, 1000],
    whole: true,
    default: '3',
    placeholder: 'N',
    help: 'Rows that every table gets before the pending migrations run.',
    commands: onMigrations,
  },
  'rehearse-on': {
    type: 'text',
    placeholder: 'WHICH',
    help: 'Also applies what is pending to this backup of `store`, restored for it: `latest`, or as `backup` names one. No row or value of it is told.',
    commands: ['check'],
  },
  'statement-limit': {
    type: 'number',
    range: [0.1, 86_400],
    default: '60',
    placeholder: 'SECONDS',
    help: 'Seconds that a statement may run in the rehearsal before it is cancelled.',
    commands: onMigrations,
  },
} as const satisfies Definitions;
