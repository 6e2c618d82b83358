import { durationText } from '../../model/amounts.ts';
import type { AppliedMigration, Failure, MigrateReport, Verification } from '../../model/migrate-report.ts';
import type { Plan } from '../../model/plan.ts';
import type { Fact, Page, Part, Step, Table } from '../page.ts';
import { shellLine } from '../shell.ts';
import { count } from '../wording.ts';
import { isTakenBack, recoveryParts, recoveryProblems, restoredSteps } from './failure.ts';
import {
  acceptance,
  accepted,
  changesPart,
  closedGates,
  editedNotes,
  gatesPart,
  openFindings,
  pendingTable,
  targetFacts,
} from './parts.ts';

/** Words of the commands that come after a failure. */
export type Again = Readonly<Record<'plan' | 'migrate' | 'restore', readonly string[]>>;

/** What a migration of a target came to. */
export function migratePage(report: MigrateReport, again: Again): Page {
  const { outcome, plan, failure, verification, rehearsal } = report;
  return {
    good: outcome === 'passed' || outcome === 'nothing',
    headline: headlineOf(report),
    problems: [
      ...(outcome === 'refused' ? [...closedGates(plan), ...openFindings(plan)] : []),
      ...(rehearsal?.failure ? failureTexts({ ...rehearsal.failure, statements: 0 }) : []), // nothing there counts as committed
      ...(rehearsal?.verification ? differences(rehearsal.verification) : []),
      ...(failure ? failureTexts(isTakenBack(report) ? { ...failure, left: [] } : failure) : []),
      ...(verification ? differences(verification) : []),
      ...recoveryProblems(report.recovery),
    ],
    parts: [
      { facts: [...targetFacts(plan), ...proofs(report)], ...tableOf(report) },
      ...recoveryParts(report.recovery),
      ...(rehearsal ? [rehearsalPart(rehearsal.applied)] : []),
      ...changesPart('What became different', outcome === 'passed' ? plan.changes : []),
      gatesPart(plan.gates),
    ],
    notes: notesOf(report),
    next: failure || report.recovery ? nextSteps(report, again) : [],
  };
}

function headlineOf(report: MigrateReport): string {
  const { outcome, applied, plan, failure, verification, rehearsal } = report;
  const where = `on ${plan.target.database}`;
  if (outcome === 'failed' && !failure && !verification && rehearsal)
    return `Nothing was touched ${where}: what is pending ${rehearsal.failure ? 'fails' : 'does not give what is planned'} on the restored backup`;
  if (outcome === 'nothing') return `Nothing is pending ${where}`;
  if (outcome === 'refused')
    return `Nothing was touched ${where}: ${plan.outcome === 'refused' ? 'a gate is closed' : 'findings are not accepted'}`;
  if (outcome === 'passed')
    return `${count(applied.length, 'migration')} applied ${where}, and the schema is as planned`;
  if (verification) return `${count(applied.length, 'migration')} applied ${where}, but ${butText(plan, verification)}`;
  if (isTakenBack(report)) return `Failed ${where}, and what was committed of it is taken back`;
  const partly = applied.length > 0 || (failure?.done ?? 0) > 0;
  if (failure?.uncertain && !partly) return `Failed ${where}: whether something is committed is not known`;
  return `Failed ${where}: ${partly ? `partly committed (${applied.length} of ${plan.pending.length} migrations)` : 'nothing is committed'}`;
}

function butText({ tool }: Plan, { unexpected, invalidIndexes, pending }: Verification): string {
  if (unexpected.length + invalidIndexes.length + pending.length > 0) return 'the schema is not as planned';
  return `${tool.title} itself does not agree`;
}

/** What the tool's own program said. */
function agreementFacts(verification: Verification | undefined): Fact[] {
  const { agreement } = verification ?? {};
  if (!agreement) return [];
  const { program, message } = agreement;
  return [{ label: 'the tool itself', value: program ? `${message} (${program})` : message }];
}

function proofs({
  backup,
  withoutBackup,
  store,
  rehearsal,
  notRehearsed,
  verification,
  milliseconds,
}: MigrateReport): Fact[] {
  return [
    ...(backup ? [{ label: 'backup', value: `${backup.id} in ${store}, read back before anything was applied` }] : []),
    ...(withoutBackup ? [{ label: 'backup', value: 'none: turned off for this run' }] : []),
    ...(rehearsal
      ? [
          {
            label: 'rehearsal',
            value: `on the restored backup (${durationText(rehearsal.restoreMilliseconds)} to restore)`,
          },
        ]
      : []),
    ...(notRehearsed ? [{ label: 'rehearsal', value: `none on the backup: ${notRehearsed}` }] : []),
    ...(verification ? [{ label: 'fingerprint', value: verification.fingerprint, code: true } as const] : []),
    ...agreementFacts(verification),
    { label: 'took', value: durationText(milliseconds) },
  ];
}

function tableOf({ applied, plan, outcome }: MigrateReport): { table?: Table } {
  if (outcome === 'refused' && plan.pending.length > 0) return { table: pendingTable(plan) };
  return applied.length === 0 ? {} : { table: appliedTable(applied) };
}

function appliedTable(applied: readonly AppliedMigration[]): Table {
  return {
    columns: [
      ...[{ title: 'applied', code: true } as const, { title: 'file', code: true } as const],
      ...[
        { title: 'statements', right: true } as const,
        { title: 'took', right: true } as const,
        { title: 'tried again', right: true } as const,
      ],
    ],
    rows: applied.map(({ id, path, statements, milliseconds, retries }) => [
      ...[id, path, String(statements.length), durationText(milliseconds), retries === 0 ? '–' : `${retries} ×`],
    ]),
  };
}

function rehearsalPart(applied: readonly AppliedMigration[]): Part {
  return { title: 'Rehearsal on the restored backup', folded: true, table: appliedTable(applied) };
}

function failureTexts(failure: Failure): string[] {
  const { path, line, message, sqlstate, done, statements, left, blockers, uncertain } = failure;
  const where = path ? `${path}${line ? `:${line}` : ''}: ` : '';
  return [
    `${where}${message}${sqlstate ? ` (SQLSTATE ${sqlstate})` : ''}`,
    ...(statements > 0 ? [`${done} of its ${count(statements, 'statement')} are committed.`] : []),
    ...(uncertain
      ? [
          'Whether what ran last is committed as well is not known here: the next run finds out, as far as the schema tells.',
        ]
      : []),
    ...blockers.map((blocker) => `In its way: ${blocker}.`),
    ...left,
  ];
}

function differences({ unexpected, invalidIndexes, pending, agreement }: Verification): string[] {
  return [
    ...unexpected.map(({ action, kind, id }) => `The ${kind} ${id} is not as planned (${action}).`),
    ...invalidIndexes.map((name) => `The index ${name} is invalid.`),
    ...pending.map((id) => `${id} is still pending by the tool’s own table.`),
    ...(agreement?.outcome === 'disagrees' ? [agreement.message] : []),
  ];
}

function notesOf(report: MigrateReport): string[] {
  const { plan, applied, outcome, recovery } = report;
  const blocked = applied.flatMap(({ id, blockers }) => blockers.map((blocker) => `${id} had to wait for ${blocker}.`));
  return [
    ...blocked,
    ...(recovery?.restored?.notes ?? []),
    ...(outcome === 'refused' ? acceptance(plan) : openFindings(plan)),
    ...editedNotes(plan),
    ...accepted(report),
  ];
}

function nextSteps(report: MigrateReport, again: Again): Step[] {
  const { failure } = report;
  const goOn = isTakenBack(report)
    ? 'Mend what failed, and apply it anew'
    : 'Mend what failed, and go on behind what is committed';
  return [
    ...restoredSteps(report),
    { text: 'Look what is there now', command: shellLine(again.plan) },
    ...(failure ? [{ text: goOn, command: shellLine(again.migrate) }] : []),
    ...restoreStep(report, again),
  ];
}

function restoreStep({ backup, store, plan, recovery }: MigrateReport, again: Again): Step[] {
  if (!backup || !store || recovery?.restored) return [];
  const text = `Restore ${plan.target.database} as it was before, beside it`;
  return [{ text, command: shellLine([...again.restore, '--store', store, '--backup', backup.id]) }];
}
