import type { Api } from './api.ts';

/** What is deployed where. */
export interface Deployment {
  readonly commit: string;
  readonly environment: string;
  /** For who reads deployments by GitHub's interface; no secret may be in it. */
  readonly payload: Readonly<Record<string, string>>;
}

/** `description` is one line, of which 140 characters are kept. */
export interface DeploymentStatus {
  readonly state: 'in_progress' | 'success' | 'failure';
  readonly description: string;
  /** Where one reads more. */
  readonly log?: string;
}

/** Of statuses, and kept to for deployments as well. */
const longest = 140;

/** Records a deployment; returns its id. No branch is merged for it, and no other check is waited for. */
export async function createDeployment({ octokit, repository }: Api, deployment: Deployment): Promise<number> {
  const { commit: ref, environment, payload } = deployment;
  const { data } = await octokit.request('POST /repos/{owner}/{repo}/deployments', {
    ...{ ...repository, ref, environment, payload, task: 'migrate', description: 'Database migration' },
    ...{ auto_merge: false, required_contexts: [] },
  });
  if ('id' in data) return Number(data.id);
  throw new Error(`GitHub made no deployment: ${data.message}`);
}

/** Says how far a deployment is. */
export async function setDeploymentStatus(
  { octokit, repository }: Api,
  deployment: number,
  { state, description, log }: DeploymentStatus,
): Promise<void> {
  await octokit.request('POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', {
    ...{ ...repository, deployment_id: deployment, state, ...(log && { log_url: log }) },
    description: description.length <= longest ? description : `${description.slice(0, longest - 1)}…`,
  });
}
