import type { Presentation } from '../model/host.ts';
import type { CheckReport } from '../model/report.ts';
import { annotations } from './annotations.ts';
import { comment } from './comment.ts';
import { markdown } from './markdown.ts';
import { type RuleTexts, sarif } from './sarif.ts';
import { terminal } from './terminal.ts';
import { openFindings } from './wording.ts';

/** Reports that are written to files, by the setting that names the file. */
export const files = {
  'report-json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  'report-markdown': (report) => markdown(report),
  'report-html': async (report) => (await import('./html/check.ts')).html(report),
  'report-sarif': sarif,
} as const satisfies Readonly<Record<string, Writer>>;

type Writer = (report: CheckReport, rules: readonly RuleTexts[]) => string | Promise<string>;

type FileNames = Readonly<Partial<Record<keyof typeof files, string>>>;

/** The report in every form that a host may ask for. */
export function presentationOf(report: CheckReport, names: FileNames): Presentation {
  const number = (severity: string) => String(openFindings(report).filter((each) => each.severity === severity).length);
  return {
    terminal: (options) => terminal(report, options),
    markdown: (limit) => markdown(report, { limit }),
    comment: (options) => comment(report, options),
    idle: report.migrations.pending.length === 0 && openFindings(report).length === 0,
    annotations: () => annotations(report),
    outputs: () => ({
      outcome: report.outcome,
      errors: number('error'),
      warnings: number('warning'),
      notices: number('notice'),
      ...Object.fromEntries(Object.keys(files).map((setting) => [setting, names[setting as keyof FileNames] ?? ''])),
    }),
  };
}
