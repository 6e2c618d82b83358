import { durationText } from '../../model/amounts.ts';
import type { MigrateReport, Recovery } from '../../model/migrate-report.ts';
import { oneLine } from '../details.ts';
import type { Part, Step } from '../page.ts';
import { shellLine } from '../shell.ts';
import { count } from '../wording.ts';

/** Whether the target is again what it was before the run. */
export function isTakenBack({ recovery }: Pick<MigrateReport, 'recovery'>): boolean {
  return recovery?.way === 'down' && recovery.outcome === 'done';
}

const asked = {
  down: { refused: 'The down migration was not run', failed: 'The down migration was begun, and is not done' },
  'restore-to-new': { refused: 'Nothing was restored', failed: 'The backup is not restored as it should be' },
} as const;

/** Why nothing came of what was to be done after the failure. */
export function recoveryProblems(recovery: Recovery | undefined): string[] {
  if (!recovery || recovery.outcome === 'done') return [];
  const { way, outcome, reason = '', restored } = recovery;
  return [`${asked[way][outcome]}: ${reason}`, ...(restored?.problems ?? [])];
}

/** What was done after the failure, step by step. */
export function recoveryParts(recovery: Recovery | undefined): Part[] {
  if (!recovery || (!recovery.restored && !recovery.statements?.length && recovery.outcome !== 'done')) return [];
  return [recovery.way === 'down' ? downPart(recovery) : restoredPart(recovery)];
}

function downPart({ path, statements = [], fingerprint, milliseconds }: Recovery): Part {
  const rows = statements.map(({ line, sql, milliseconds: took }) => [String(line), oneLine(sql), durationText(took)]);
  const columns = [
    { title: 'line', right: true } as const,
    { title: 'committed', code: true } as const,
    { title: 'took', right: true } as const,
  ];
  return {
    title: 'After the failure: the down migration',
    facts: [
      ...(path ? [{ label: 'file', value: path, code: true } as const] : []),
      { label: 'took', value: `${durationText(milliseconds)}, ${count(rows.length, 'statement')}` },
      ...(fingerprint ? [{ label: 'fingerprint', value: fingerprint, code: true } as const] : []),
    ],
    ...(rows.length > 0 && { table: { columns, rows } }),
  };
}

function restoredPart({ restored, milliseconds }: Recovery): Part {
  const { database = '', url = '', checked = [] } = restored ?? {};
  return {
    title: 'After the failure: the backup beside',
    facts: [
      { label: 'database', value: database },
      { label: 'URL', value: url, code: true },
      { label: 'compared', value: checked.join(', ') },
      { label: 'took', value: durationText(milliseconds) },
    ],
  };
}

/** How the restored database takes the place of the target. */
export function restoredSteps({ recovery, plan }: MigrateReport): Step[] {
  const { restored, outcome } = recovery ?? {};
  if (!restored || outcome !== 'done') return [];
  const { administration, switching, database } = restored;
  const words = ['psql', administration, '-X', '-v', 'ON_ERROR_STOP=1', ...switching.flatMap((sql) => ['-c', sql])];
  const what = `Have ${database} take the place of ${plan.target.database}, whose writes since the backup it has not`;
  return [{ text: what, command: shellLine(words) }];
}
