import type { Definitions } from './definition.ts';

const both = ['plan', 'migrate'] as const;

/** What is applied to a target, and under which conditions. */
export const migrating = {
  target: {
    type: 'text',
    placeholder: 'ID',
    help: 'The last migration to apply, by version or file name without extension; all that are pending where absent.',
    commands: both,
  },
  sql: {
    type: 'switch',
    placeholder: '',
    help: 'Prints the SQL of what is pending, in the transactions it would be run in, to standard output.',
    commands: both,
  },
  out: { type: 'text', placeholder: 'FILE', help: 'Writes the plan there, for `migrate --plan`.', commands: ['plan'] },
  allow: {
    type: 'list',
    placeholder: 'RULE',
    help: 'Rules whose findings, and gates, are accepted for this run; printed and recorded. Not from lockkeeper.yml.',
    commands: both,
  },
  'drift-ignore': {
    type: 'list',
    placeholder: 'GLOB',
    help: 'Objects of the target that no migration makes: `audit.*`, `public.tmp_*`, `cron`.',
    commands: both,
  },
  window: {
    type: 'list',
    placeholder: 'TIMES',
    help: 'When a target may be migrated: `Mon-Fri 22:00-05:00 Europe/Zurich`; always where absent.',
    commands: both,
  },
  'max-transaction-age': {
    type: 'duration',
    default: '5m',
    placeholder: 'TIME',
    help: 'Older open transactions on the target stop the run before it begins.',
    commands: both,
  },
  'max-replica-lag': {
    type: 'duration',
    default: '30s',
    placeholder: 'TIME',
    help: 'Replicas that are further behind stop the run before it begins.',
    commands: both,
  },
} as const satisfies Definitions;
