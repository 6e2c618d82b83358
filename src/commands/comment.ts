import schema from '../../docs/report.schema.json' with { type: 'json' };
import { exitCodes, KnownError } from '../model/error.ts';
import { presentationOf } from '../reports/index.ts';
import { readReport } from '../reports/read.ts';
import { type Door, folderOf } from './door.ts';

/** Comments with the report that a fork's run has stored. */
export async function run({ settings, host, signal }: Door): Promise<number> {
  if (!host.stored)
    throw new KnownError('`comment` posts a report that a workflow has stored: it runs on GitHub only.', {
      help: 'See workflows/pull-request-comment.yml.',
    });
  const { githubToken: token, commentId: id = '' } = settings;
  const stored = await host.stored({ folder: folderOf({ settings }), id, signal, ...(token && { token }) });
  if (!stored) return exitCodes.done;
  await stored.post(presentationOf(readReport(stored.text, schema), {}));
  return exitCodes.done;
}
