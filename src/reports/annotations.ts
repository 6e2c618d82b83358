import type { Annotation } from '../model/host.ts';
import type { CheckReport } from '../model/report.ts';
import { visible } from './escape.ts';
import { openFindings, pathInRepository } from './wording.ts';

/** GitHub shows at most this many of each level from one step. */
const perLevel = 10;

/** Findings as notes at their lines, most severe first; where there are too many, the last one says so. */
export function annotations(report: CheckReport): Annotation[] {
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const found = openFindings(report).filter(({ severity }) => severity === level);
    const shown = found.length > perLevel ? found.slice(0, perLevel - 1) : found;
    const notes = shown.map(({ path, line, rule, message }) => ({
      level,
      path: pathInRepository(report, path),
      line,
      title: rule,
      message: visible(message),
    }));
    const next = found[shown.length];
    if (!next) return notes;
    const rest = `${found.length - shown.length} more findings of this kind are in the job summary.`;
    return [
      ...notes,
      { level, path: pathInRepository(report, next.path), line: next.line, title: 'more', message: rest },
    ];
  });
}
