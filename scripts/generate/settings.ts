import type { CommandName } from '../../src/settings/commands.ts';
import type { Definition } from '../../src/settings/definition.ts';
import { definitions, groups, type SettingName } from '../../src/settings.ts';

/** Commands that are of no use in a workflow, or only at a terminal. */
const atTerminals: readonly CommandName[] = ['init', 'tools'];

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
  'report-html': 'The file that the HTML report was written to.',
  'comment-url': 'Where the comment on the pull request is.',
  'report-sarif': 'The file that the SARIF report was written to.',
  backup: 'ID of the backup that was taken.',
  manifest: 'Key of its manifest in the store.',
  digest: 'Digest of the plan.',
  pending: 'Number of migrations that are pending on the target.',
  waves: 'Of `plan` with `matrix`: by wave, the targets on which something is pending, as JSON for `strategy.matrix`.',
  applied: 'Number of migrations that were applied.',
};

/** The settings that are inputs of the action; those of one command where it is named. */
export function actionInputs(command?: CommandName): SettingName[] {
  return (Object.entries(definitions) as [SettingName, Definition][]).flatMap(([name, { commands }]) => {
    const taken = command ? commands.includes(command) : commands.some((each) => !atTerminals.includes(each));
    return taken && name !== 'colour' ? [name] : [];
  });
}

/** An input's description. A default would be an input that is always set, and stronger than lockkeeper.yml. */
export function inputHelp(name: SettingName): string {
  const { help, default: fallback }: Definition = definitions[name];
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
    description: "What to do: \`check\`; in the workflow that comments for forks, \`comment\`; \`plan\`, \`migrate\`, \`history\`; \`backup\`, \`backups\`, \`verify\`, \`restore\`, \`prune\`."
    required: false
    default: check
${inputs.join('')}outputs:
${told.join('')}runs:
  using: node24
  main: dist/action.js
`;
}

function page(): string {
  const sections = Object.entries(groups).map(
    ([title, group]) => `## ${title}

| setting | what it is | default | commands |
|---|---|---|---|
${Object.entries<Definition>(group).map(row).join('\n')}
`,
  );
  const told = Object.entries(outputs).map(([name, help]) => `| \`${name}\` | ${help} |`);
  return `# Settings

<!-- Written by scripts/generate/settings.ts from src/settings.ts. -->

Every setting has one name and four ways in, strongest first: flag \`--fail-on\`, action input \`fail-on\`, environment variable
\`LOCKKEEPER_FAIL_ON\`, key \`fail-on\` in \`lockkeeper.yml\`. Lists are written with commas or line breaks, lengths of time as
\`90m\`, \`26h\`, \`7d\` or \`4w\`. What is yes or no is \`true\` or \`false\`; as a flag it needs no value.

${sections.join('\n')}
## Outputs of the action

| output | what it is |
|---|---|
${told.join('\n')}
`;
}

function row([name, { help, default: fallback, values, commands }]: [string, Definition]): string {
  const cells = [
    `\`${name}\``,
    `${help}${values ? ` One of ${values.map((each) => `\`${each}\``).join(' ')}.` : ''}`,
    fallback === undefined ? '' : `\`${fallback}\``,
    commands.map((each) => `\`${each}\``).join(' '),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
