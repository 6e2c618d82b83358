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
  waves: {
    type: 'list',
    placeholder: 'NAMES',
    help: 'Several targets, in the order of their turn: an entry is a wave of names, as `eu us`; the first is the canary.',
    commands: ['plan'],
  },
  matrix: {
    type: 'switch',
    placeholder: '',
    help: 'Plans every target of `waves`, each at the URL in its variable (`EU_URL`), for a matrix of jobs.',
    eachRun: true,
    commands: ['plan'],
  },
  out: { type: 'text', placeholder: 'FILE', help: 'Writes the plan there, for `migrate --plan`.', commands: ['plan'] },
  allow: {
    type: 'list',
    placeholder: 'RULE',
    help: 'Rules whose findings, and gates, are accepted for this run; printed and recorded. Not from lockkeeper.yml.',
    eachRun: true,
    commands: both,
  },
  plan: {
    type: 'text',
    placeholder: 'FILE',
    help: 'The plan that was approved: anything that has changed since stops the run before it begins.',
    commands: ['migrate'],
  },
  digest: {
    type: 'text',
    placeholder: 'HEX',
    help: 'The digest of the plan that was approved, instead of `plan`; what was accepted then goes into `allow`.',
    eachRun: true,
    commands: ['migrate'],
  },
  rehearse: {
    type: 'choice',
    values: ['auto', 'always', 'never'],
    default: 'auto',
    placeholder: 'WHEN',
    help: 'Whether what is pending is first applied to the restored backup; `auto`: up to 10 GB.',
    commands: ['migrate'],
  },
  'on-failure': {
    type: 'choice',
    values: ['stop', 'down', 'restore-to-new'],
    default: 'stop',
    placeholder: 'WHAT',
    help: 'What is done when it fails on the target: nothing; the down migration, where nothing is lost by it; or the backup restored into a new database beside.',
    commands: ['migrate'],
  },
  'tool-bin': {
    type: 'text',
    placeholder: 'PATH',
    help: 'The migration tool’s own program (`goose`, `migrate`), or its folder: it is asked afterwards whether anything is pending. The one on the PATH where absent.',
    commands: ['migrate'],
  },
  'lock-timeout': {
    type: 'duration',
    default: '2s',
    placeholder: 'TIME',
    help: 'The longest that a statement waits for a lock at a time, as others wait behind it; it starts with a quarter.',
    commands: ['migrate'],
  },
  'lock-wait': {
    type: 'duration',
    default: '10m',
    placeholder: 'TIME',
    help: 'For how long a statement that gets no lock is tried again.',
    commands: ['migrate'],
  },
  'lock-queue': {
    type: 'duration',
    default: '10m',
    placeholder: 'TIME',
    help: 'For how long it is waited for others that migrate the same target.',
    commands: ['migrate'],
  },
  'statement-timeout': {
    type: 'duration',
    default: '5m',
    placeholder: 'TIME',
    help: 'How long a statement may run on the target; building and validating may take as long as it takes.',
    commands: ['migrate'],
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
