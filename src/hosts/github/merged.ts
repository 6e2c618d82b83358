import type { Api } from './api.ts';
import { type Event, pullRequestOf } from './event.ts';

/**
 * The numbers of the pull requests that a commit came with: that of the event itself, else all of this repository that were
 * merged with it, by whichever way of merging. None for what was pushed directly.
 */
export async function pullRequestsWith({ octokit, repository }: Api, commit: string, event: Event): Promise<number[]> {
  const own = pullRequestOf(event);
  if (own) return own.readOnly ? [] : [own.number];
  const found = await octokit.paginate('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
    ...{ ...repository, commit_sha: commit, per_page: 100 },
  });
  // of a fork GitHub also names those of the repository that it comes from
  const here = `${repository.owner}/${repository.repo}`.toLowerCase();
  return found
    .filter(({ merged_at, base }) => merged_at !== null && base.repo.full_name.toLowerCase() === here)
    .map(({ number }) => number);
}
