import { readFile } from 'node:fs/promises';
import { KnownError } from '../../model/error.ts';

/** What started the run: GITHUB_EVENT_NAME, and of its payload what we read. Nothing of it is sure to be there. */
export interface Event {
  readonly name: string;
  readonly payload: Payload;
}

interface Payload {
  readonly pull_request?: {
    readonly number?: number;
    readonly base?: { readonly sha?: string; readonly ref?: string };
    readonly head?: { readonly repo?: Repository | null };
  };
  readonly merge_group?: { readonly base_sha?: string };
  readonly before?: string;
  readonly repository?: Repository & { readonly default_branch?: string };
  readonly workflow_run?: WorkflowRun;
}

interface Repository {
  readonly id?: number;
  readonly full_name?: string;
}

/** The run that a `workflow_run` event tells of. */
export interface WorkflowRun {
  readonly id?: number;
  readonly event?: string;
  readonly conclusion?: string | null;
  readonly html_url?: string;
  readonly head_sha?: string;
  readonly head_branch?: string | null;
  readonly head_repository?: (Repository & { readonly owner?: { readonly login?: string } }) | null;
  readonly pull_requests?: readonly { readonly number?: number }[];
}

/** Reads the event of this run. Throws `KnownError` for a payload that is no JSON object. */
export async function readEvent(environment: NodeJS.ProcessEnv): Promise<Event> {
  const { GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: name = '' } = environment;
  return { name, payload: path ? await readPayload(path) : {} };
}

async function readPayload(path: string): Promise<Payload> {
  try {
    return Object(JSON.parse(await readFile(path, 'utf8'))) as Payload;
  } catch (error) {
    throw new KnownError('The event payload that GITHUB_EVENT_PATH names cannot be read.', { cause: error });
  }
}

/** The commit or branch that the event compares with. A branch's first push has no `before`. */
export function baseOf({ name, payload }: Event, environment: NodeJS.ProcessEnv): string | undefined {
  if (name.startsWith('pull_request')) return baseOfPullRequest({ name, payload }, environment.GITHUB_BASE_REF);
  if (name === 'merge_group') return payload.merge_group?.base_sha;
  if (name === 'push' && payload.before && !/^0+$/.test(payload.before)) return payload.before;
  return payload.repository?.default_branch;
}

function baseOfPullRequest({ name, payload }: Event, ref: string | undefined): string {
  const base = payload.pull_request?.base?.sha ?? payload.pull_request?.base?.ref ?? ref;
  if (base) return base;
  const message = `The ${name} event does not say what the pull request is compared with.`;
  throw new KnownError(message, { help: 'Name the branch with `base`.' });
}

/** The pull request that the event is about, and whether its run has to do without permission to write. */
export function pullRequestOf({ name, payload }: Event): { number: number; readOnly: boolean } | undefined {
  const number = payload.pull_request?.number;
  if (!name.startsWith('pull_request') || !Number.isSafeInteger(number)) return undefined;
  // a fork that was deleted meanwhile has no repository any more
  const fork = payload.pull_request?.head?.repo?.full_name !== payload.repository?.full_name;
  return { number: number as number, readOnly: fork && name !== 'pull_request_target' };
}
