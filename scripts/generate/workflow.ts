// .github/workflows/check.yml, the workflow that others call: its inputs are the settings of src/settings.ts, so that
// none is missing or misspelt, and the action in it is that of the same version.

import { stores } from '../../src/settings/stores.ts';
import { definitions, type SettingName } from '../../src/settings.ts';
import { version } from '../../src/version.ts';
import { actionInputs, inputHelp } from './settings.ts';

/** The actions it uses, each pinned to the commit of a release. */
export const actions = {
  checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  cache: 'actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5',
  upload: 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
  codeScanning: 'github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e # v4.36.2',
};

/** Settings that the workflow sets itself. */
const own: readonly SettingName[] = ['report-json', 'report-markdown', 'report-html', 'report-sarif'];
/** It is called for every pull request and has no secret of a store: a job of one's own may read backups. */
const onBackups: readonly SettingName[] = ['rehearse-on', 'database', 'identity-file', 'jobs', 'pg-bin'];
const settings = actionInputs('check').filter(
  (name) => ![...own, ...onBackups].includes(name) && !Object.hasOwn(stores, name),
);
const secrets = settings.filter((name) => definitions[name].type === 'secret');
const plain = settings.filter((name) => !secrets.includes(name));

const outputs = {
  outcome: '`passed` or `failed`.',
  errors: 'Number of findings of severity error that are not waived.',
  warnings: 'Number of warnings.',
  notices: 'Number of notices.',
};

export async function files(): Promise<Record<string, string>> {
  return { '.github/workflows/check.yml': `${head()}\n${job()}` };
}

function head(): string {
  const inputs = plain.map((name) => workflowInput(name, inputHelp(name), 'string'));
  const results = Object.entries(outputs).map(
    ([name, help]) => `      ${name}:
        description: ${JSON.stringify(help)}
        value: \${{ jobs.check.outputs.${name} }}
`,
  );
  return `# Written by scripts/generate/workflow.ts from src/settings.ts.
#
# The check as a workflow that others call, as workflows/pull-request.yml does. What its token may do is for the caller to
# say: \`contents: read\` always, \`pull-requests: write\` for the comment, \`security-events: write\` for code scanning.
name: Lockkeeper check

on:
  workflow_call:
    inputs:
${inputs.join('')}${workflowInput('code-scanning', 'Also sends the findings to code scanning; needs `security-events: write`.', 'boolean', 'false')}${workflowInput('runs-on', 'Label of the runner.', 'string', 'ubuntu-latest')}${workflowInput('timeout-minutes', 'How long the job may take.', 'number', '15')}    secrets:
${secrets.map((name) => `      ${name}:\n        description: ${JSON.stringify(definitions[name].help)}\n        required: false\n`).join('')}    outputs:
${results.join('')}`;
}

/** An input of a workflow that is called. */
export function workflowInput(name: string, help: string, type: string, fallback?: string): string {
  const value = fallback === undefined ? '' : `        default: ${fallback}\n`;
  return `      ${name}:
        description: ${JSON.stringify(help)}
        required: false
        type: ${type}
${value}`;
}

/** Comments are written as the workflow's own bot, unless the caller has another token. */
function secretOf(name: SettingName): string {
  return name === 'github-token' ? `secrets.${name} || github.token` : `secrets.${name}`;
}

function job(): string {
  const values = [
    ...plain.map((name) => `          ${name}: \${{ inputs.${name} }}\n`),
    ...secrets.map((name) => `          ${name}: \${{ ${secretOf(name)} }}\n`),
  ];
  return `jobs:
  check:
    name: Check
    runs-on: \${{ inputs.runs-on }}
    timeout-minutes: \${{ inputs.timeout-minutes }}
    outputs:
${Object.keys(outputs)
  .map((name) => `      ${name}: \${{ steps.lockkeeper.outputs.${name} }}\n`)
  .join('')}    steps:
      - name: Check out
        uses: ${actions.checkout}
        with:
          fetch-depth: 0 # what the base branch has counts as applied
          persist-credentials: false

      # only where no PostgreSQL of the wanted major is installed on the runner
      - name: Keep PostgreSQL from run to run
        uses: ${actions.cache}
        with:
          path: \${{ runner.tool_cache }}/lockkeeper-postgres
          key: lockkeeper-${version}-\${{ runner.os }}-\${{ runner.arch }}-postgres-\${{ inputs.postgres }}

      # the version of this file: releases are tagged, and their tags never move
      - name: Check the migrations
        id: lockkeeper
        uses: lockkeeper/lockkeeper@v${version}
        with:
${values.join('')}          report-json: \${{ runner.temp }}/lockkeeper/report.json
          report-sarif: \${{ runner.temp }}/lockkeeper/lockkeeper.sarif

      # also read by workflows/pull-request-comment.yml, which comments where this workflow may not
      - name: Keep the report
        if: \${{ !cancelled() && steps.lockkeeper.outputs.report-json != '' }}
        uses: ${actions.upload}
        with:
          name: lockkeeper-report\${{ inputs.comment-id && format('-{0}', inputs.comment-id) }}
          path: \${{ runner.temp }}/lockkeeper/report.json
          retention-days: 14

      - name: Send the findings to code scanning
        if: \${{ !cancelled() && inputs.code-scanning && steps.lockkeeper.outputs.report-sarif != '' && !github.event.pull_request.head.repo.fork }}
        uses: ${actions.codeScanning}
        with:
          sarif_file: \${{ runner.temp }}/lockkeeper/lockkeeper.sarif
`;
}
