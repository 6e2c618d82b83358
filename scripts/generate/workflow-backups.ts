// .github/workflows/{backup,verify,restore}.yml, the workflows that others call for backups.
import {
  type Called,
  checkout,
  clients,
  identity,
  identityFile,
  identityGone,
  kept,
  keptServer,
  keys,
  step,
  workflowFile,
} from '../called-workflows.ts';
import { workflowInput } from './workflow.ts';

const fresh = step('Ask whether the newest proved backup is young enough', 'backups', {
  condition: "inputs.max-age != ''",
});

const called: readonly Called[] = [
  {
    name: 'Lockkeeper backup',
    about: `# A backup as a workflow that others call, as workflows/scheduled-backup.yml does: dumped, stored, read back, and only then
# pruned. What its token may do is for the caller to say: \`contents: read\`, and \`id-token: write\` with \`aws-role\`.`,
    ...{ file: 'backup', commands: ['backup', 'prune', 'backups'], minutes: 350 },
    inputs: workflowInput(
      'prune',
      'Whether backups that no rule of retention keeps are removed, after this one has succeeded.',
      'boolean',
      'false',
    ),
    secrets: keys,
    jobs: [
      {
        ...{ id: 'backup', title: 'Backup' },
        outputs: { backup: 'ID of the backup.' },
        steps: [
          checkout,
          clients,
          step('Back up, and read back', 'backup', { id: 'lockkeeper' }),
          step('Prune', 'prune', { condition: 'inputs.prune' }),
          fresh,
        ],
      },
    ],
  },
  {
    name: 'Lockkeeper drill',
    about: `# A drill as a workflow that others call, as workflows/scheduled-backup.yml does: backups are restored on a server of their
# own, and compared. What its token may do is for the caller to say: \`contents: read\`, and \`id-token: write\` with \`aws-role\`.`,
    ...{ file: 'verify', commands: ['verify', 'backups'], minutes: 350 },
    secrets: { ...keys, ...identity },
    jobs: [
      {
        ...{ id: 'verify', title: 'Drill' },
        outputs: { outcome: '`passed` or `failed`.' },
        steps: [
          checkout,
          clients,
          keptServer,
          identityFile,
          step('Hold the drill', 'verify', { id: 'lockkeeper', reports: true }),
          identityGone,
          kept('verify'),
          fresh,
        ],
      },
    ],
  },
  {
    name: 'Lockkeeper restore',
    about: `# A restore as a workflow that others call, as workflows/restore.yml does: into a new database, unless \`overwrite\` names one.
# What its token may do is for the caller to say: \`contents: read\`, and \`id-token: write\` with \`aws-role\`.`,
    ...{ file: 'restore', commands: ['restore'], minutes: 350 },
    inputs: workflowInput(
      'environment',
      'Environment of the repository, whose reviewers are asked first, and whose secrets go before those given.',
      'string',
    ),
    secrets: { ...keys, ...identity },
    jobs: [
      {
        ...{ id: 'restore', title: 'Restore' },
        outputs: { outcome: '`passed` or `failed`.' },
        steps: [
          checkout,
          clients,
          identityFile,
          step('Restore, and compare', 'restore', { id: 'lockkeeper', reports: true }),
          identityGone,
          kept('restore'),
        ],
      },
    ],
  },
];

export async function files(): Promise<Record<string, string>> {
  return Object.assign({}, ...called.map((each) => workflowFile(each, 'workflow-backups.ts')));
}
