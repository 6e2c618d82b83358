import type { CommentRequest, Presentation } from '../../model/host.ts';
import { openApi } from './api.ts';
import { writeComment } from './comment.ts';
import { pullRequestOf, readEvent } from './event.ts';
import type { Log } from './log.ts';
import { refusalOf } from './refusal.ts';

/** What a comment needs of the host. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
  /** The text without secrets. */
  hide(text: string): string;
}

const forkHelp =
  'No comment: the pull request comes from a fork, whose runs may not write. To have one there too, add the workflow ' +
  'that posts the stored report: `lockkeeper init --forks`, or workflows/pull-request-comment.yml by hand.';

/** Comments on the pull request of this event, if there is one. What hinders is told; nothing else comes of it. */
export async function commentOnPullRequest(
  presentation: Presentation,
  request: CommentRequest,
  around: Surroundings,
): Promise<void> {
  const { log } = around;
  try {
    const pullRequest = pullRequestOf(await readEvent(around.environment));
    if (!pullRequest) return;
    if (pullRequest.readOnly) return log.info(forkHelp);
    await commentOn(pullRequest.number, presentation, request, around);
  } catch (error) {
    if (request.signal.aborted) throw error;
    const { why, help } = refusalOf(error, ['pull-requests: write']);
    log.warning(`The comment was not written: ${why}. ${help ? `${help} ` : ''}The report is in the job summary.`);
  }
}

async function commentOn(
  pullRequest: number,
  presentation: Presentation,
  { token, folder, id, signal }: CommentRequest,
  { environment, log, hide }: Surroundings,
): Promise<void> {
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  if (!token || !repository) return log.info('No comment: there is no `github-token` to write it with.');
  const whole = runUrl(environment);
  const { outcome, url } = await writeComment(openApi({ token, repository, environment, signal }), {
    ...{ pullRequest, key: { folder, id }, run: Number(run) || 0, idle: presentation.idle },
    text: (limit) => hide(presentation.comment({ limit, folder, id, ...(whole && { whole }) })),
  });
  log.info(`Comment: ${outcome}${url ? `, ${url}` : ''}`);
  if (url) log.output('comment-url', url);
}

/** The page of this run, where its summary is. */
export function runUrl(environment: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined;
}
