import type { Presentation } from '../model/host.ts';
import type { CheckReport } from '../model/report.ts';
import { annotations } from './annotations.ts';
import { markdown } from './markdown.ts';
import { terminal } from './terminal.ts';
import { openFindings } from './wording.ts';

/** Reports that are written to files. */
export const formats = {
  json: (report: CheckReport) => `${JSON.stringify(report, null, 2)}\n`,
  markdown: (report: CheckReport) => markdown(report),
};

/** The report in every form that a host may ask for. */
export function presentationOf(
  report: CheckReport,
  files: { readonly reportJson?: string; readonly reportMarkdown?: string },
): Presentation {
  const number = (severity: string) => String(openFindings(report).filter((each) => each.severity === severity).length);
  return {
    terminal: (options) => terminal(report, options),
    markdown: (limit) => markdown(report, { limit }),
    annotations: () => annotations(report),
    outputs: () => ({
      outcome: report.outcome,
      errors: number('error'),
      warnings: number('warning'),
      notices: number('notice'),
      'report-json': files.reportJson ?? '',
      'report-markdown': files.reportMarkdown ?? '',
    }),
  };
}
