import type { Definitions } from './definition.ts';

/** What belongs to one run. */
export const oneRun = {
  yes: {
    type: 'switch',
    placeholder: '',
    help: 'Asks nothing and takes what it would propose.',
    commands: ['init'],
  },
  'dry-run': {
    type: 'switch',
    placeholder: '',
    help: 'Shows what would be written, removed or applied, and does nothing.',
    commands: ['init', 'prune', 'migrate'],
  },
  force: { type: 'switch', placeholder: '', help: 'Changes files that are there without asking.', commands: ['init'] },
  forks: {
    type: 'switch',
    placeholder: '',
    help: 'Also writes the workflow that comments on pull requests from forks.',
    commands: ['init'],
  },
} as const satisfies Definitions;
