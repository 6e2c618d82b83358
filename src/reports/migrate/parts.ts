import type { Finding } from '../../model/finding.ts';
import type { MigrateReport } from '../../model/migrate-report.ts';
import type { Gate, Plan } from '../../model/plan.ts';
import type { Change } from '../../model/schema.ts';
import type { Fact, Part, Table } from '../page.ts';
import { count } from '../wording.ts';

/** Which database, with which tool, at which commit. */
export function targetFacts({ target, tool, commit, applied, digest }: Plan): Fact[] {
  return [
    { label: 'target', value: `${target.database} as ${target.role}, PostgreSQL ${target.server}` },
    ...(target.searchPath ? [{ label: 'search_path', value: target.searchPath.setting, code: true } as const] : []),
    { label: 'tool', value: [tool.title, ...tool.folders].join(', ') },
    { label: 'applied', value: `${count(applied.count, 'migration')}${lastText(applied.last)}` },
    ...(commit ? [{ label: 'commit', value: commit, code: true } as const] : []),
    { label: 'digest', value: digest, code: true },
  ];
}

function lastText(last: string | undefined): string {
  return last === undefined ? '' : `, the last is ${last}`;
}

/** What is pending. */
export function pendingTable({ pending }: Plan): Table {
  return {
    columns: [
      { title: 'pending', code: true },
      { title: 'file', code: true },
      { title: 'statements', right: true },
    ],
    rows: pending.map(({ id, path, statements, done }) => [
      ...[id, path, done ? `${statements}, ${done} of them done` : String(statements)],
    ]),
  };
}

/** What became, or would become, different. */
export function changesPart(title: string, changes: readonly Change[]): Part[] {
  if (changes.length === 0) return [];
  const columns = [{ title: 'what' }, { title: 'kind' }, { title: 'name', code: true }] as const;
  return [{ title, table: { columns, rows: changes.map(({ action, kind, id }) => [action, kind, id]) } }];
}

/** Every gate, with what was found there. */
export function gatesPart(gates: readonly Gate[]): Part {
  const marks = { open: '✔', closed: '✖', unknown: '?' } as const;
  return {
    title: 'Gates',
    folded: true,
    table: {
      columns: [{ title: '' }, { title: 'gate' }, { title: 'found' }],
      rows: gates.map(({ gate, outcome, message }) => [marks[outcome], gate, message]),
    },
  };
}

/** Closed gates, with how to pass. */
export function closedGates({ gates }: Plan): string[] {
  return gates.flatMap(({ gate, outcome, message, help }) =>
    outcome === 'closed' ? [`${gate}: ${message} ${help ?? ''}`.trim()] : [],
  );
}

/** Findings that nobody has accepted. */
export function openFindings({ findings, allowed }: Plan): string[] {
  return findings
    .filter(({ status, rule, severity }) => status === 'open' && severity !== 'notice' && !allowed.includes(rule))
    .map(findingText);
}

/** How to go on though there are findings. */
export function acceptance({ outcome, findings, allowed }: Plan): string[] {
  const errors = findings.filter(({ status, severity }) => status === 'open' && severity === 'error');
  const rules = [...new Set(errors.map(({ rule }) => rule))].filter((rule) => !allowed.includes(rule));
  if (outcome !== 'failed' || rules.length === 0) return [];
  return [`Whoever has weighed that can accept it for one run: \`allow: ${rules.join(', ')}\`.`];
}

/** Files of which something else was applied. */
export function editedNotes({ edited }: Plan): string[] {
  return edited.map((id) => `The file of ${id} is not what was applied.`);
}

/** What was accepted, by whom and why. */
export function accepted({
  plan: { allowed },
  actor,
  reason,
}: Pick<MigrateReport, 'plan' | 'actor' | 'reason'>): string[] {
  if (allowed.length === 0) return [];
  return [`Accepted for this run${actor ? ` by ${actor}` : ''}: ${allowed.join(', ')}${because(reason)}`];
}

/** The end of a sentence about what was accepted. */
export function because(reason: string | null | undefined): string {
  return reason ? `, because: ${reason}` : '.';
}

function findingText({ rule, severity, path, line, message }: Finding): string {
  return `${path}:${line}: ${message} (${severity}: ${rule})`;
}
