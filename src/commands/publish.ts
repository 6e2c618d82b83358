import type { Page } from '../reports/page.ts';
import { markdownPage } from '../reports/page-markdown.ts';
import { presentationOfPage } from '../reports/page-texts.ts';
import type { Door } from './door.ts';
import { writeReport } from './write.ts';

/** Shows a page, and writes the reports that were asked for. */
export async function publishPage(
  { settings, host }: Door,
  report: object,
  page: Page,
  outputs: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { colour, reports, sql, out } = settings;
  const quiet = sql || [...Object.values(reports), out].includes('-');
  await host.publish(presentationOfPage(page, { ...outputs, ...reports }), { colour, quiet });
  const { 'report-json': json, 'report-markdown': markdown, 'report-html': html } = reports;
  if (json) await writeReport(`${JSON.stringify(report, null, 2)}\n`, json);
  if (markdown) await writeReport(markdownPage(page), markdown);
  if (html) await writeReport((await import('../reports/html/page.ts')).htmlPage(page), html);
}
