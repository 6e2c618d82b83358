// What stands in the repository, and how GitHub tells of it: its own examples, with ours in them.
import { example } from './api-description.ts';

export interface Comment {
  id: number;
  body: string;
  /** Who wrote it; `name[bot]` is an app. */
  login: string;
  /** The pull request that it stands under. */
  readonly issue: number;
}

/** A pull request that a commit came with. */
export interface Merged {
  readonly number: number;
  /** The commit; any where absent. */
  readonly commit?: string;
  /** Not merged yet. */
  readonly open?: boolean;
  /** Where it was merged into, `owner/name`. */
  readonly into?: string;
}

export interface Pull {
  readonly number: number;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    readonly owner: string;
    readonly repository: number | null;
  };
  readonly base?: number;
}

export interface Artifact {
  readonly id: number;
  readonly name: string;
  readonly run: number;
  readonly archive: Uint8Array;
  /** What it says of its size; its own where absent. */
  readonly claimed?: number;
  readonly expired?: boolean;
}

export const repositoryId = 1296269;

export function commentPayload({ id, body, login, issue }: Comment): unknown {
  const { user, ...rest } = example('issue-comment') as { user: object };
  const html_url = `https://github.com/octocat/hello/pull/${issue}#issuecomment-${id}`;
  return { ...rest, id, html_url, body, user: { ...user, login, type: login.endsWith('[bot]') ? 'Bot' : 'User' } };
}

export function pullPayload({ number, head, base = repositoryId }: Pull): unknown {
  const [pull] = example('pull-request-simple-items') as [{ head: { repo: object }; base: { repo: object } }];
  const repo = head.repository === null ? null : { ...pull.head.repo, id: head.repository };
  return {
    ...{ ...pull, number, requested_teams: [] },
    head: { ...pull.head, sha: head.sha, ref: head.ref, repo },
    base: { ...pull.base, repo: { ...pull.base.repo, id: base } },
  };
}

export function mergedPayload({ number, open = false, into = 'octocat/hello' }: Merged): unknown {
  const [pull] = example('pull-request-simple-items') as [{ base: { repo: object } }];
  const state = open ? { state: 'open', merged_at: null } : { state: 'closed', merged_at: '2026-11-21T12:00:00Z' };
  const base = { ...pull.base, repo: { ...pull.base.repo, full_name: into } };
  return { ...pull, ...state, number, requested_teams: [], base };
}

export function artifactPayload({ id, name, run, archive, claimed, expired = false }: Artifact): unknown {
  const workflow_run = {
    id: run,
    repository_id: repositoryId,
    head_repository_id: 2,
    head_branch: 'x',
    head_sha: 'f'.repeat(40),
  };
  return {
    ...(example('artifact') as object),
    id,
    name,
    expired,
    size_in_bytes: claimed ?? archive.length,
    workflow_run,
  };
}
