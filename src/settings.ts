import { severities } from './model/finding.ts';
import { serverNames } from './servers/index.ts';
import { toolNames } from './tools/index.ts';

type Type = 'text' | 'list' | 'number' | 'choice' | 'secret';

export interface Definition {
  readonly type: Type;
  /** Of a choice. */
  readonly values?: readonly string[];
  /** Of a number: the least and the greatest. */
  readonly range?: readonly [number, number];
  /** Of a number: no fractions. */
  readonly whole?: true;
  readonly default?: string;
  /** One sentence. */
  readonly help: string;
  /** How `--help` shows the value. */
  readonly placeholder: string;
}

/**
 * Every setting, once. Its name is the action's input, `--name` the flag, `LOCKKEEPER_NAME` the variable and the key in
 * lockkeeper.yml; action.yml, `--help` and docs/settings.md are made from this table.
 */
export const definitions = {
  tool: {
    type: 'choice',
    values: ['auto', ...toolNames],
    default: 'auto',
    placeholder: 'NAME',
    help: 'Migration tool; `auto` tells it from the files.',
  },
  migrations: {
    type: 'list',
    placeholder: 'FOLDER',
    help: 'Folders of migrations, relative to the repository; found by itself where there is one.',
  },
  base: {
    type: 'text',
    placeholder: 'REF',
    help: 'Git ref that the migrations are compared with; what the merge base has counts as applied. In the Action: the pull request’s base.',
  },
  'applied-through': {
    type: 'text',
    placeholder: 'ID',
    help: 'Instead of `base`: the last applied migration, by version or file name without extension, or `none`.',
  },
  server: {
    type: 'choice',
    values: serverNames,
    default: 'auto',
    placeholder: 'WAY',
    help: 'How to get a PostgreSQL to run the migrations on.',
  },
  'server-url': {
    type: 'secret',
    placeholder: 'URL',
    help: 'Connection URL for `existing`. Lockkeeper works there in databases of its own and drops them.',
  },
  postgres: {
    type: 'number',
    range: [12, 18],
    whole: true,
    placeholder: 'MAJOR',
    help: 'PostgreSQL major of the target, 12 to 18; should be what production runs.',
  },
  'fail-on': {
    type: 'choice',
    values: [...severities.toReversed(), 'never'],
    default: 'error',
    placeholder: 'SEVERITY',
    help: 'Least severity of a finding that fails the check.',
  },
  protected: {
    type: 'list',
    placeholder: 'GLOB',
    help: 'Tables that no migration may drop, truncate, rename or take columns from: `orders`, `billing.*`.',
  },
  'seed-rows': {
    type: 'number',
    range: [0, 1000],
    whole: true,
    default: '3',
    placeholder: 'N',
    help: 'Rows that every table gets before the pending migrations run.',
  },
  'statement-limit': {
    type: 'number',
    range: [0.1, 86_400],
    default: '60',
    placeholder: 'SECONDS',
    help: 'How long a statement may run before it is cancelled.',
  },
  'report-json': { type: 'text', placeholder: 'FILE', help: 'Writes the JSON report there; `-` is standard output.' },
  'report-markdown': {
    type: 'text',
    placeholder: 'FILE',
    help: 'Writes the Markdown report there; `-` is standard output.',
  },
  'report-sarif': {
    type: 'text',
    placeholder: 'FILE',
    help: 'Writes the findings as SARIF 2.1.0 there, for GitHub code scanning and the like; `-` is standard output.',
  },
  comment: {
    type: 'choice',
    values: ['auto', 'never'],
    default: 'auto',
    placeholder: 'WHEN',
    help: 'On GitHub: whether the report is a comment on the pull request, kept up to date.',
  },
  'comment-id': {
    type: 'text',
    placeholder: 'NAME',
    help: 'Tells comments of several checks of one folder apart, for instance one for every PostgreSQL major.',
  },
  'github-token': {
    type: 'secret',
    placeholder: 'TOKEN',
    help: 'What comments are written with; the job needs `pull-requests: write`.',
  },
  'working-directory': {
    type: 'text',
    default: '.',
    placeholder: 'FOLDER',
    help: 'Where the repository, or the part of it to check, is.',
  },
  config: {
    type: 'text',
    default: 'lockkeeper.yml',
    placeholder: 'FILE',
    help: 'File with settings, relative to the working directory; need not exist.',
  },
  colour: {
    type: 'choice',
    values: ['auto', 'always', 'never'],
    default: 'auto',
    placeholder: 'WHEN',
    help: 'Colours in the terminal.',
  },
} as const satisfies Readonly<Record<string, Definition>>;

export type SettingName = keyof typeof definitions;

export type ReportSetting = Extract<SettingName, `report-${string}`>;

/** The settings of a run, checked. */
export interface Settings {
  readonly tool: string;
  readonly migrations: readonly string[];
  readonly base?: string;
  readonly appliedThrough?: string;
  readonly server: (typeof serverNames)[number];
  readonly serverUrl?: string;
  readonly postgres?: number;
  readonly failOn: (typeof severities)[number] | 'never';
  readonly protected: readonly string[];
  readonly seedRows: number;
  readonly statementLimit: number;
  /** Reports that are written, by their setting: a file each, or `-` for standard output. */
  readonly reports: Readonly<Partial<Record<ReportSetting, string>>>;
  readonly comment: 'auto' | 'never';
  readonly commentId: string;
  readonly githubToken?: string;
  readonly workingDirectory: string;
  readonly colour: 'auto' | 'always' | 'never';
}

/** The setting's definition, for names that people wrote. */
export function definitionOf(name: string): Definition | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name as SettingName] : undefined;
}
