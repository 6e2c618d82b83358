// Workflows that others call and that work on a target or its backups: their inputs are the settings of their commands.
import type { CommandName } from '../src/settings/commands.ts';
import { definitions, type SettingName } from '../src/settings.ts';
import { version } from '../src/version.ts';
import { actionInputs, inputHelp } from './generate/settings.ts';
import { actions, workflowInput } from './generate/workflow.ts';

export interface Called {
  readonly name: string;
  /** What stands above the workflow, a comment a line. */
  readonly about: string;
  /** The file, and the job whose outputs are the workflow's. */
  readonly file: string;
  /** Commands whose settings are its inputs. */
  readonly commands: readonly CommandName[];
  readonly minutes: number;
  /** Inputs of its own. */
  readonly inputs?: string;
  /** Secrets of its own, with what they are. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The last one is called like the file. */
  readonly jobs: readonly Job[];
}

export interface Job {
  readonly id: string;
  readonly title: string;
  /** What the step called `lockkeeper` tells. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Lines of it before its steps: what it needs, and when it is run. */
  readonly before?: string;
  readonly steps: readonly string[];
}

/** Settings that the workflows set themselves. */
const own: readonly SettingName[] = [
  'report-json',
  'report-markdown',
  'report-html',
  'out',
  'plan',
  'sql',
  'target',
  'waves',
  'matrix',
];
const isSecret = (name: SettingName) => definitions[name].type === 'secret';
const settingsOf = (command: CommandName) => actionInputs(command).filter((name) => !own.includes(name));

export const keys = {
  'aws-access-key-id': 'Of the store, where `aws-role` is not used.',
  'aws-secret-access-key': 'The other half.',
};
export const identity = {
  identity: 'age secret key, as `age-keygen` writes it, for backups that are encrypted.',
};

/** The major of the drill’s server is the backup’s, and not known before. */
export const keptServer = `
      # only where no PostgreSQL of the backup's major is installed on the runner
      - name: Keep PostgreSQL from run to run
        uses: ${actions.cache}
        with:
          path: \${{ runner.tool_cache }}/lockkeeper-postgres
          key: lockkeeper-${version}-\${{ runner.os }}-\${{ runner.arch }}-drill-\${{ inputs.postgres-client }}
`;

export const identityFile = `
      - name: Write the secret key to a file
        id: identity
        env:
          IDENTITY: \${{ secrets.identity }}
        run: |
          if [ -z "$IDENTITY" ]; then exit 0; fi
          umask 077
          printf '%s\\n' "$IDENTITY" > "$RUNNER_TEMP/lockkeeper-identity"
          echo "file=$RUNNER_TEMP/lockkeeper-identity" >> "$GITHUB_OUTPUT"
`;

export const identityGone = `
      - name: Remove the secret key
        if: \${{ always() }}
        run: rm -f "$RUNNER_TEMP/lockkeeper-identity"
`;

/**
 * Majors that the distribution has come from there, others from apt.postgresql.org, whose key's fingerprint is the one in
 * Debian's signed package postgresql-common (ubuntu-22.04's has no key yet, so it is fetched).
 */
export const clients = `
      - name: Install PostgreSQL's client programs, where the runner lacks them
        if: \${{ inputs.postgres-client != '' }}
        env:
          MAJOR: \${{ inputs.postgres-client }}
          KEY: https://www.postgresql.org/media/keys/ACCC4CF8.asc # of apt.postgresql.org, taken with this fingerprint only
          FINGERPRINT: B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8
        run: |
          fail() { echo "::error::$1"; exit 1; }
          as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
          [[ $MAJOR =~ ^[0-9]{2}$ ]] || fail "\\\`postgres-client\\\` takes a major of PostgreSQL, such as 17."
          for program in "/usr/lib/postgresql/$MAJOR/bin/pg_dump" pg_dump; do
            found=$("$program" --version 2> /dev/null) || continue
            if [[ $found == *"(PostgreSQL) $MAJOR."* ]]; then echo "There is $found."; exit 0; fi
          done
          command -v apt-get > /dev/null || fail "Without apt-get, install PostgreSQL $MAJOR's client programs on the runner."
          as_root apt-get update -qq
          if ! apt-cache show "postgresql-client-$MAJOR" > /dev/null 2>&1; then
            as_root apt-get install -qq --no-install-recommends ca-certificates curl gpg
            key=$RUNNER_TEMP/apt.postgresql.org.asc
            curl --fail --silent --show-error --retry 5 --proto '=https' --output "$key" "$KEY"
            keys=$(gpg --show-keys --with-colons "$key" | awk -F: '$1 == "pub" { own = 1 } $1 == "fpr" && own { print $10; own = 0 }')
            [ "$keys" = "$FINGERPRINT" ] || fail "$KEY is not the key of apt.postgresql.org that is known, and only that."
            as_root install -D -m 644 "$key" /etc/apt/keyrings/lockkeeper-pgdg.asc
            . /etc/os-release
            echo "deb [signed-by=/etc/apt/keyrings/lockkeeper-pgdg.asc] https://apt.postgresql.org/pub/repos/apt $VERSION_CODENAME-pgdg main" |
              as_root tee /etc/apt/sources.list.d/lockkeeper-pgdg.list
            as_root apt-get update -qq
          fi
          as_root apt-get install -qq --no-install-recommends "postgresql-client-$MAJOR"
          "/usr/lib/postgresql/$MAJOR/bin/pg_dump" --version
`;

export const checkout = `      # for lockkeeper.yml, where there is one, and assertions
      - name: Check out
        uses: ${actions.checkout}
        with:
          persist-credentials: false
`;

interface Step {
  readonly id?: string;
  readonly condition?: string;
  readonly reports?: true;
  /** Where the digest comes from. */
  readonly digest?: string;
}

/** A step that runs a command of ours. Its secrets reach it by environment, and no other step. */
export function step(title: string, command: CommandName, { id, condition, reports, digest }: Step = {}): string {
  const values = settingsOf(command).map((name) => `          ${name}: \${{ ${expressionOf(name, digest)} }}\n`);
  const files = { 'report-json': 'json', 'report-markdown': 'md', 'report-html': 'html' };
  const written = Object.entries(files).map(
    ([setting, end]) => `          ${setting}: \${{ runner.temp }}/lockkeeper/${command}.${end}\n`,
  );
  return `
      - name: ${title}
${id ? `        id: ${id}\n` : ''}${condition ? `        if: \${{ ${condition} }}\n` : ''}        uses: lockkeeper/lockkeeper@v${version}
        env:
          AWS_ROLE_ARN: \${{ inputs.aws-role }}
          AWS_ACCESS_KEY_ID: \${{ secrets.aws-access-key-id }}
          AWS_SECRET_ACCESS_KEY: \${{ secrets.aws-secret-access-key }}
        with:
          command: ${command}
${[...values, ...(reports ? written : [])].join('')}`;
}

function expressionOf(name: SettingName, digest: string | undefined): string {
  if (name === 'digest' && digest) return digest;
  if (name === 'comment-id') return 'inputs.comment-id || inputs.target';
  if (name === 'deployment') return "!inputs.environment && inputs.deployment || ''"; // GitHub makes one for the environment itself
  if (name === 'github-token') return `secrets.${name} || github.token`;
  if (name === 'identity-file') return 'inputs.identity-file || steps.identity.outputs.file';
  return isSecret(name) ? `secrets.${name}` : `inputs.${name}`;
}

export const kept = (name: string) => `
      - name: Keep the report, as evidence
        if: \${{ !cancelled() && steps.lockkeeper.outputs.report-json != '' }}
        uses: ${actions.upload}
        with:
          name: lockkeeper-${name}-\${{ inputs.target }}
          path: \${{ runner.temp }}/lockkeeper
          retention-days: 90
`;

/** The file of a workflow. `script` is what writes it. */
export function workflowFile(called: Called, script: string): Record<string, string> {
  const jobs = called.jobs.map((each) => jobText(each, called)).join('\n');
  return { [`.github/workflows/${called.file}.yml`]: `${head(called, script)}\njobs:\n${jobs}` };
}

function head({ about, name, file, commands, minutes, inputs, secrets, jobs }: Called, script: string): string {
  const settings = [...new Set(commands.flatMap(settingsOf))];
  const given = settings
    .filter((each) => !isSecret(each))
    .map((each) => workflowInput(each, helpOf(each, commands), 'string'));
  const hidden = settings.filter(isSecret).map((each) => [each, definitions[each].help] as const);
  const results = Object.entries(jobs.at(-1)?.outputs ?? {}).map(
    ([output, help]) =>
      `      ${output}:\n        description: ${JSON.stringify(help)}\n        value: \${{ jobs.${file}.outputs.${output} }}\n`,
  );
  return `# Written by scripts/generate/${script} from src/settings.ts.
#
${about}
name: ${name}

on:
  workflow_call:
    inputs:
${given.join('')}${inputs ?? ''}${surroundings(minutes)}    secrets:
${[...hidden, ...Object.entries(secrets ?? {})].map(secret).join('')}    outputs:
${results.join('')}`;
}

/** In a workflow that also backs up, it is about the pruning. */
function helpOf(name: SettingName, commands: readonly CommandName[]): string {
  return name === 'dry-run' && commands.includes('prune')
    ? 'Of pruning: shows what would be removed, and removes nothing.'
    : inputHelp(name);
}

function surroundings(minutes: number): string {
  return [
    workflowInput(
      'target',
      'Name of the database for GitHub, of letters, digits, `.`, `_` and `-`: of one name, one job runs at a time.',
      'string',
      'database',
    ),
    workflowInput('aws-role', 'ARN of the AWS role that the job takes by OIDC; needs `id-token: write`.', 'string'),
    workflowInput(
      'postgres-client',
      'Major of PostgreSQL, that of the server: its client programs are installed where the runner lacks them. Without it those of the runner, else Docker’s image.',
      'string',
    ),
    workflowInput('runs-on', 'Label of the runner.', 'string', 'ubuntu-latest'),
    workflowInput('timeout-minutes', 'How long the job may take.', 'number', `${minutes}`),
  ].join('');
}

function secret([name, help]: readonly [string, string]): string {
  return `      ${name}:\n        description: ${JSON.stringify(help)}\n        required: false\n`;
}

function jobText({ id, title, outputs, before = '', steps }: Job, { inputs }: Called): string {
  const told = Object.keys(outputs).map((name) => `      ${name}: \${{ steps.lockkeeper.outputs.${name} }}\n`);
  const asks = inputs?.includes(' environment:') && id !== 'plan';
  return `  ${id}:
    name: ${title}
${before}    runs-on: \${{ inputs.runs-on }}
    timeout-minutes: \${{ inputs.timeout-minutes }}
${asks ? `    environment: \${{ inputs.environment }}\n` : ''}    concurrency: # one after the other, none is ended by the next, and all that wait are run
      group: lockkeeper-${id}-\${{ inputs.target }}
      cancel-in-progress: false
      queue: max
    defaults:
      run:
        shell: bash # with pipefail
    outputs:
${told.join('')}    steps:
${steps.join('')}`;
}
