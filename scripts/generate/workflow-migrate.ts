// .github/workflows/migrate.yml, the workflow that others call to migrate a target: it plans, asks, and applies what was
// planned.
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

const called: Called = {
  name: 'Lockkeeper migrate',
  about: `# The merge as a workflow that others call, as workflows/merge.yml does: plans, asks the reviewers of an environment, and
# then backs the target up, rehearses on the backup, and applies just what was planned. What its token may do is for the
# caller to say: \`contents: read\`, \`pull-requests: write\` for the comment on what was merged, \`id-token: write\` with
# \`aws-role\`, and \`deployments: write\` with \`deployment\`.`,
  ...{ file: 'migrate', commands: ['plan', 'migrate'], minutes: 350 },
  inputs: workflowInput(
    'environment',
    'Environment of the repository, whose reviewers see the plan and are asked before anything is touched.',
    'string',
  ),
  secrets: { ...keys, ...identity },
  jobs: [
    {
      ...{ id: 'plan', title: 'Plan' },
      outputs: { digest: 'Digest of the plan.', pending: 'Number of migrations that are pending.' },
      steps: [checkout, keptServer, step('Plan', 'plan', { id: 'lockkeeper', reports: true }), kept('plan')],
    },
    {
      ...{ id: 'migrate', title: 'Migrate' },
      before: `    needs: plan\n    if: \${{ needs.plan.outputs.pending != '0' }}\n`,
      outputs: { outcome: '`passed` or `failed`.', applied: 'Number of migrations.', backup: 'ID of the backup.' },
      steps: [
        checkout,
        clients,
        keptServer,
        identityFile,
        step('Back up, rehearse, apply, verify', 'migrate', {
          ...{ id: 'lockkeeper', reports: true, digest: 'needs.plan.outputs.digest' },
        }),
        identityGone,
        kept('migrate'),
      ],
    },
  ],
};

export async function files(): Promise<Record<string, string>> {
  return workflowFile(called, 'workflow-migrate.ts');
}
