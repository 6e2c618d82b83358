import { KnownError } from '../../model/error.ts';
import type { Api } from './api.ts';

/** A report of 1 MB compresses to a tenth, or hardly at all. */
const mostBytes = 1_100_000;

/** The newest artifact of this name that the run has stored, as a ZIP archive. Throws `KnownError` for none, or one that is too big. */
export async function downloadArtifact(api: Api, run: number, name: string): Promise<Uint8Array> {
  const { octokit, repository } = api;
  const stored = await octokit.paginate('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
    ...{ ...repository, run_id: run, name, per_page: 100 },
  });
  const newest = stored
    .filter((each) => each.name === name && !each.expired && each.workflow_run?.id === run)
    .sort((a, b) => (a.id < b.id ? 1 : -1))[0];
  if (!newest)
    throw new KnownError(`The run has stored no artifact \`${name}\`, or it has expired.`, {
      help: 'The check may have ended before there was a report; its log tells.',
    });
  if (newest.size_in_bytes > mostBytes) throw tooBig();
  const { data } = await octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
    ...{ ...repository, artifact_id: Number(newest.id), archive_format: 'zip' },
    request: { parseSuccessResponseBody: false },
  });
  return limited(data as ReadableStream<Uint8Array>);
}

/** What it says of its size need not be true. */
async function limited(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > mostBytes) throw tooBig();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooBig(): KnownError {
  return new KnownError(`The stored artifact has more than ${mostBytes} bytes: too big for a report.`);
}
