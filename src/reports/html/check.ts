import type { CheckReport } from '../../model/report.ts';
import { markdown } from '../markdown.ts';
import { verdict } from '../wording.ts';
import { htmlDocument } from './document.ts';
import { htmlPicture } from './picture.ts';

/** The report of a check as a page of its own, with all that it has. */
export function html(report: CheckReport): string {
  const text = markdown(report, { limit: Number.POSITIVE_INFINITY, draw: htmlPicture });
  return htmlDocument(`Lockkeeper: ${verdict(report).text}`, text);
}
