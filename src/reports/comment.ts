import type { CommentOptions } from '../model/host.ts';
import type { CheckReport } from '../model/report.ts';
import { code } from './escape.ts';
import { markdown } from './markdown.ts';
import { openFindings } from './wording.ts';

const warning =
  '> Made by a run of a fork’s code, which may have written what it liked: nothing of it was verified here.';

/** The report as a comment on a pull request: verdict first, and nothing but the verdict as long as all is well. */
export function comment(report: CheckReport, { limit, folder, id, whole, unverified }: CommentOptions): string {
  const names = [folder, id].filter(Boolean).map(code);
  return markdown(report, {
    limit,
    notes: [...(names.length > 0 ? [names.join(' · ')] : []), ...(unverified ? [warning] : [])],
    collapsed: openFindings(report).length === 0 && !report.onBackup?.failure,
    ...(whole && { whole: `There is more in the [job summary](${encodeURI(whole)}).` }),
  });
}
