import type { Definitions } from './definition.ts';
import { onStores } from './stores.ts';

const reported = ['check', 'plan', 'history', ...onStores] as const;

const everywhere = [...reported, 'comment', 'tools', 'init'] as const;

/** Where what was found goes, and where it is run. */
export const reporting = {
  'report-json': {
    type: 'text',
    placeholder: 'FILE',
    help: 'Writes the JSON report there; `-` is standard output.',
    commands: reported,
  },
  'report-markdown': {
    type: 'text',
    placeholder: 'FILE',
    help: 'Writes the Markdown report there; `-` is standard output.',
    commands: reported,
  },
  'report-html': {
    type: 'text',
    placeholder: 'FILE',
    help: 'Writes the report there as a page to open in a browser, to print and to file; `-` is standard output.',
    commands: reported,
  },
  'report-sarif': {
    type: 'text',
    placeholder: 'FILE',
    help: 'Writes the findings as SARIF 2.1.0 there, for GitHub code scanning and the like; `-` is standard output.',
    commands: ['check'],
  },
  comment: {
    type: 'choice',
    values: ['auto', 'never'],
    default: 'auto',
    placeholder: 'WHEN',
    help: 'On GitHub: whether the report is a comment on the pull request, kept up to date; that of `migrate`, or of a `plan` that was refused, on the one that was merged.',
    commands: ['check', 'plan', 'migrate'],
  },
  'comment-id': {
    type: 'text',
    placeholder: 'NAME',
    help: 'Tells comments of one folder apart: of several checks, for instance one for every PostgreSQL major, or of several targets.',
    commands: ['check', 'comment', 'plan', 'migrate'],
  },
  deployment: {
    type: 'text',
    placeholder: 'ENVIRONMENT',
    help: 'On GitHub, where the job has no `environment`: records the run as a deployment to this one; needs `deployments: write`.',
    commands: ['migrate'],
  },
  'github-token': {
    type: 'secret',
    placeholder: 'TOKEN',
    help: 'What comments are written with; the job needs `pull-requests: write`.',
    commands: ['check', 'comment', 'plan', 'migrate'],
  },
  'working-directory': {
    type: 'text',
    default: '.',
    placeholder: 'FOLDER',
    help: 'Where the repository, or the part of it to check, is.',
    commands: everywhere,
  },
  config: {
    type: 'text',
    default: 'lockkeeper.yml',
    placeholder: 'FILE',
    help: 'File with settings, relative to the working directory; need not exist.',
    commands: [...reported, 'tools'],
  },
  colour: {
    type: 'choice',
    values: ['auto', 'always', 'never'],
    default: 'auto',
    placeholder: 'WHEN',
    help: 'Colours in the terminal.',
    commands: reported,
  },
} as const satisfies Definitions;
