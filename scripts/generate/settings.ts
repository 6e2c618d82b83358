import { definitions, type SettingName } from '../../src/settings.ts';

interface Row {
  readonly type: string;
  readonly help: string;
  readonly default?: string;
  readonly values?: readonly string[];
}

const rows = Object.entries(definitions as Readonly<Record<string, Row>>);

/** action.yml and docs/settings.md, from the one table of settings. */
export async function files(): Promise<Record<string, string>> {
  return { 'action.yml': action(), 'docs/settings.md': page() };
}

const outputs: Readonly<Record<string, string>> = {
  outcome: '`passed` or `failed`.',
  errors: 'Number of findings of severity error that are not waived.',
  warnings: 'Number of warnings.',
  notices: 'Number of notices.',
  'report-json': 'The file that the JSON report was written to.',
  'report-markdown': 'The file that the Markdown report was written to.',
  'comment-url': 'Where the comment on the pull request is.',
  'report-sarif': 'The file that the SARIF report was written to.',
};

/** The settings that are inputs of the action. */
export function actionInputs(): SettingName[] {
  return rows.flatMap(([name]) => (name === 'colour' ? [] : [name as SettingName]));
}

/** An input's description. A default would be an input that is always set, and stronger than lockkeeper.yml. */
export function inputHelp(name: SettingName): string {
  const { help, default: fallback }: Row = definitions[name];
  return fallback === undefined ? help : `${help} Default: \`${fallback}\`.`;
}

/** What only a workflow can say. */
const known: Partial<Readonly<Record<SettingName, string>>> = { 'github-token': `\${{ github.token }}` };

function action(): string {
  const inputs = actionInputs().map((name) => {
    const value = known[name] ? `    default: ${known[name]}\n` : '';
    return `  ${name}:\n    description: ${JSON.stringify(inputHelp(name))}\n    required: false\n${value}`;
  });
  const told = Object.entries(outputs).map(([name, help]) => `  ${name}:\n    description: ${JSON.stringify(help)}\n`);
  return `# Written by scripts/generate/settings.ts from src/settings.ts.
name: Lockkeeper
description: Runs pending PostgreSQL migrations on a throw-away server and tells what they lock, rewrite, scan and change.
author: The Lockkeeper authors
branding:
  icon: lock
  color: blue
inputs:
  command:
    description: "What to do: \`check\`; in the workflow that comments for forks, \`comment\`."
    required: false
    default: check
${inputs.join('')}outputs:
${told.join('')}runs:
  using: node24
  main: dist/action.js
`;
}

function page(): string {
  const lines = rows.map(([name, { help, default: fallback, values }]) => {
    const cells = [
      `\`${name}\``,
      `${help}${values ? ` One of ${values.map((each) => `\`${each}\``).join(' ')}.` : ''}`,
      fallback === undefined ? '' : `\`${fallback}\``,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return `# Settings

<!-- Written by scripts/generate/settings.ts from src/settings.ts. -->

Every setting has one name and four ways in, strongest first: flag \`--fail-on\`, action input \`fail-on\`, environment variable
\`LOCKKEEPER_FAIL_ON\`, key \`fail-on\` in \`lockkeeper.yml\`. Lists are written with commas or line breaks.

| setting | what it is | default |
|---|---|---|
${lines.join('\n')}
`;
}
