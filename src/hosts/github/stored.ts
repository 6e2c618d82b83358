import { RequestError } from '@octokit/request-error';
import { KnownError } from '../../model/error.ts';
import type { CommentRequest, StoredReport } from '../../model/host.ts';
import { openApi } from './api.ts';
import { onlyFile } from './archive.ts';
import { downloadArtifact } from './artifact.ts';
import { writeComment } from './comment.ts';
import { readEvent } from './event.ts';
import type { Surroundings } from './pull-request.ts';
import { refusalOf } from './refusal.ts';
import { forkRunOf, pullRequestFor } from './triggering.ts';

const permissions = ['actions: read', 'pull-requests: write'];

/**
 * The report that the run of a fork's pull request stored; undefined where the run that ended was another one. Nothing
 * of the artifact is believed but that it is text.
 */
export async function storedReport(request: CommentRequest, around: Surroundings): Promise<StoredReport | undefined> {
  const { environment, log, hide } = around;
  const { token, signal, folder, id } = request;
  const run = forkRunOf(await readEvent(environment));
  if (typeof run === 'string') return void log.info(`Nothing to post: ${run}.`);
  const repository = environment.GITHUB_REPOSITORY;
  if (!token || !repository) throw new KnownError('`comment` needs `github-token` and GITHUB_REPOSITORY.');
  const api = openApi({ token, repository, environment, signal });
  return told(async () => {
    const pullRequest = await pullRequestFor(api, run);
    const archive = await downloadArtifact(api, run.id, id === '' ? 'lockkeeper-report' : `lockkeeper-report-${id}`);
    const text = onlyFile(archive, 'report.json');
    const post: StoredReport['post'] = ({ comment, idle }) =>
      told(async () => {
        const { outcome, url } = await writeComment(api, {
          ...{ pullRequest, key: { folder, id }, run: run.id, idle },
          text: (limit) => hide(comment({ limit, folder, id, whole: run.url, unverified: true })),
        });
        log.info(`Comment on #${pullRequest}: ${outcome}${url ? `, ${url}` : ''}`);
        if (url) log.output('comment-url', url);
      });
    return { text, post };
  });
}

/** Runs it; what GitHub refuses is told as an error that can be acted on. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const { why, help } = refusalOf(error, permissions);
    const reason = error.response && error.status < 500 ? 'usage' : 'unreachable';
    throw new KnownError(`The stored report was not posted: ${why}.`, { reason, cause: error, ...(help && { help }) });
  }
}
