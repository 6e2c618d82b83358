import type { CommentOptions } from '../model/host.ts';
import type { CheckReport } from '../model/report.ts';
import { code, words } from './escape.ts';
import { markdown } from './markdown.ts';
import { openFindings } from './wording.ts';

/** The report as a comment on a pull request: in one line as long as all is well, the rest folded. */
export function comment(report: CheckReport, { limit, folder, id, whole, unverified }: CommentOptions): string {
  const label = [folder, id].filter(Boolean).map(code).join(' · ');
  return markdown(report, {
    limit,
    notes: [label, unverified ? fromFork : ''].filter(Boolean),
    folded: openFindings(report).length === 0,
    ...(whole && { whole: `The [job summary](${encodeURI(whole)}) has more.` }),
  });
}

const fromFork = words('');
