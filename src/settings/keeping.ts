import type { Definition, Definitions } from './definition.ts';

type Number = { readonly type: 'number'; readonly default: '0' } & Definition;

function newest(help: string): Number {
  return {
    ...{ type: 'number', range: [0, 100_000], whole: true, default: '0' },
    ...{ placeholder: 'N', help, commands: ['prune'] },
  };
}

/** Which backups stay, and how fresh they are to be. */
export const keeping = {
  'keep-last': newest('Keeps the newest N backups of each database.'),
  'keep-daily': newest('Keeps the newest backup of each of the last N days that have one (UTC).'),
  'keep-weekly': newest('The same for weeks (ISO 8601).'),
  'keep-monthly': newest('The same for months.'),
  'keep-yearly': newest('The same for years.'),
  'keep-verified': newest('Keeps the newest N that a drill has proved, whatever else says; one in any case.'),
  'min-age': {
    type: 'duration',
    default: '1d',
    placeholder: 'AGE',
    help: 'Nothing younger is removed: `36h`, `7d`.',
    commands: ['prune'],
  },
  'max-age': {
    type: 'duration',
    placeholder: 'AGE',
    help: 'Exit code 1 when the newest backup that a drill has proved is older: `26h`, `7d`.',
    commands: ['backups'],
  },
  sweep: {
    type: 'switch',
    placeholder: '',
    help: 'Also removes what runs that were cut off have left more than a day ago.',
    commands: ['prune'],
  },
} as const satisfies Definitions;
