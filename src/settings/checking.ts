import { severities } from '../model/finding.ts';
import { serverNames } from '../servers/index.ts';
import { toolNames } from '../tools/index.ts';
import type { Definitions } from './definition.ts';

/** What is checked, and how it is judged. */
export const checking = {
  tool: {
    type: 'choice',
    values: ['auto', ...toolNames],
    default: 'auto',
    placeholder: 'NAME',
    help: 'Migration tool; `auto` tells it from the files.',
    commands: ['check', 'tools', 'init'],
  },
  migrations: {
    type: 'list',
    placeholder: 'FOLDER',
    help: 'Folders of migrations, relative to the repository; found by itself where there is one.',
    commands: ['check', 'tools', 'init'],
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
    help: 'Instead of `base`: the last applied migration, by version or file name without extension, or `none`.',
    commands: ['check'],
  },
  server: {
    type: 'choice',
    values: serverNames,
    default: 'auto',
    placeholder: 'WAY',
    help: 'How to get a PostgreSQL to run the migrations on.',
    commands: ['check', 'verify'],
  },
  'server-url': {
    type: 'secret',
    placeholder: 'URL',
    help: 'Connection URL for `existing`. Lockkeeper works there in databases of its own and drops them.',
    commands: ['check', 'verify'],
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
    commands: ['check'],
  },
  protected: {
    type: 'list',
    placeholder: 'GLOB',
    help: 'Tables that no migration may drop, truncate, rename or take columns from: `orders`, `billing.*`.',
    commands: ['check'],
  },
  'seed-rows': {
    type: 'number',
    range: [0, 1000],
    whole: true,
    default: '3',
    placeholder: 'N',
    help: 'Rows that every table gets before the pending migrations run.',
    commands: ['check'],
  },
  'statement-limit': {
    type: 'number',
    range: [0.1, 86_400],
    default: '60',
    placeholder: 'SECONDS',
    help: 'How long a statement may run before it is cancelled.',
    commands: ['check'],
  },
} as const satisfies Definitions;
