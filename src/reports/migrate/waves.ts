import type { PlannedTarget, WavesReport } from '../../model/waves.ts';
import type { Page } from '../page.ts';
import { count } from '../wording.ts';
import { closedGates, openFindings } from './parts.ts';

/** What would be applied to several targets, in which order. */
export function wavesPage({ outcome, targets, waves }: WavesReport): Page {
  const wanted = waves.flat().length;
  const ids = new Set(targets.flatMap(({ plan }) => (plan?.pending ?? []).map(({ id }) => id)));
  return {
    good: outcome === 'passed',
    headline: headlineOf(outcome, wanted, targets),
    problems: targets.flatMap(problemsOf),
    parts: [
      {
        table: {
          columns: [
            ...[
              { title: 'wave', right: true } as const,
              { title: 'target' },
              { title: 'pending', right: true } as const,
            ],
            ...[{ title: 'the last applied', code: true } as const, { title: 'digest', code: true } as const],
            { title: 'database' },
          ],
          rows: targets.map(rowOf),
        },
      },
    ],
    notes: ids.size > 0 ? [`Pending: ${[...ids].join(', ')}.`] : [],
  };
}

function headlineOf(outcome: WavesReport['outcome'], wanted: number, targets: readonly PlannedTarget[]): string {
  const of = `of ${count(targets.length, 'target')}`;
  if (outcome === 'passed') return wanted === 0 ? `Nothing is pending on any ${of}` : `Pending on ${wanted} ${of}`;
  const stopped = targets.filter(({ plan }) => plan?.outcome !== 'passed').length;
  return `Nothing may be applied: something is in the way on ${stopped} ${of}`;
}

function problemsOf({ name, plan, error }: PlannedTarget): string[] {
  if (error) return [`${name}: ${error.message}`];
  if (!plan || plan.outcome === 'passed') return [];
  return [...closedGates(plan), ...openFindings(plan)].map((each) => `${name}: ${each}`);
}

function rowOf({ name, wave, plan }: PlannedTarget): string[] {
  if (!plan) return [String(wave), name, '?', '–', '–', '–'];
  const { pending, applied, digest, target } = plan;
  return [String(wave), name, String(pending.length), applied.last ?? '–', digest.slice(0, 12), target.database];
}
