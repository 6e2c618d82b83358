import { KnownError } from '../../model/error.ts';
import type { Api } from './api.ts';
import type { Event } from './event.ts';

/** A finished run of a fork's pull request, as GitHub tells of it. */
export interface ForkRun {
  readonly id: number;
  readonly url: string;
  readonly commit: string;
  readonly branch: string;
  /** The fork: its id, and whose it is. */
  readonly fork: { readonly id: number; readonly owner: string };
  /** The repository that we run for. */
  readonly base: number;
  /** Mostly empty, as GitHub does not name pull requests of forks here. */
  readonly pullRequests: readonly number[];
}

/**
 * The run that the event `workflow_run` tells of; a string says why it is none that needs us. Throws `KnownError` where
 * the event is another one or lacks what we need.
 */
export function forkRunOf({ name, payload }: Event): ForkRun | string {
  if (name !== 'workflow_run')
    throw new KnownError(
      `\`comment\` posts what another workflow stored; the event ${name || '(none)'} tells of none.`,
      {
        help: 'Start it with `on: workflow_run`, as workflows/pull-request-comment.yml does.',
      },
    );
  const { workflow_run: run, repository } = payload;
  if (run?.event !== 'pull_request') return `the run was started by ${run?.event}, not by a pull request`;
  if (run.conclusion === 'cancelled') return 'the run was cancelled';
  const { id, html_url: url, head_sha: commit, head_branch: branch, head_repository: fork } = run;
  if (fork && fork.id === repository?.id) return 'the pull request is not from a fork, and its own run comments';
  const owner = fork?.owner?.login;
  if (!id || !url || !commit || !branch || !fork?.id || !owner || !repository?.id)
    throw new KnownError('The event does not say which fork’s commit was checked; the fork may have been deleted.');
  const pullRequests = (run.pull_requests ?? []).flatMap(({ number }) => number ?? []);
  return { id, url, commit, branch, fork: { id: fork.id, owner }, base: repository.id, pullRequests };
}

/** The number of the open pull request that was checked, which only GitHub is believed. Throws `KnownError` for none or several. */
export async function pullRequestFor({ octokit, repository }: Api, run: ForkRun): Promise<number> {
  const open = await octokit.paginate('GET /repos/{owner}/{repo}/pulls', {
    ...{ ...repository, state: 'open', head: `${run.fork.owner}:${run.branch}`, per_page: 100 },
  });
  const numbers = open
    .filter(({ head, base }) => head.sha === run.commit && head.repo?.id === run.fork.id && base.repo.id === run.base)
    .map(({ number }) => number)
    .filter((number) => run.pullRequests.length === 0 || run.pullRequests.includes(number));
  const [number] = numbers;
  if (number !== undefined && numbers.length === 1) return number;
  const help =
    numbers.length === 0
      ? 'It was closed, or has newer commits, whose own run reports.'
      : `There are ${numbers.map((each) => `#${each}`).join(', ')}, and which of them was checked is not known.`;
  throw new KnownError(`There is no one open pull request whose last commit is ${run.commit}.`, { help });
}
