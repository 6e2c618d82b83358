import type { Standing } from '../../model/ledger.ts';
import type { Gate } from '../../model/plan.ts';
import type { Change, SchemaObject, Snapshot } from '../../model/schema.ts';
import type { Tool } from '../../model/tool.ts';
import { closed } from './session.ts';

/** A target, and what its migrations give. */
interface Compared {
  readonly actual: Snapshot;
  readonly expected: Snapshot;
  readonly drift: readonly Change[];
}

/**
 * Tables that no migration makes and that have the columns of the tool's own. Where that is there, `drift-ignore` says of
 * others that they are somebody else's.
 */
export function alikeIn(
  { actual, expected, drift }: Compared,
  { columns }: Tool['ledger'],
  { exists }: Standing,
): string[] {
  const told = new Set(expected.objects.map(({ id }) => id));
  const strange = new Set(drift.map(({ id }) => id));
  const wanted = columns.toSorted().join();
  const columnsOf = Map.groupBy(actual.objects.filter(isColumn), ({ table = '' }) => table);
  const found = (id: string) => (columnsOf.get(id) ?? []).map(({ name }) => name).sort();
  return actual.objects
    .filter(({ kind, id }) => kind === 'table' && !told.has(id) && (!exists || strange.has(id)))
    .flatMap(({ id }) => (wanted !== '' && found(id).join() === wanted ? id : []));
}

function isColumn({ kind }: SchemaObject): boolean {
  return kind === 'column';
}

/** Whether it is certain in which table the tool keeps what it has applied: one that is not named is never guessed. */
export function knownTable({ title, ledger }: Tool, { schema, exists }: Standing, alike: readonly string[]): Gate {
  const gate = 'migrations-table';
  const { named, tables } = ledger;
  const [table] = tables;
  const full = `${schema}.${table}`;
  if (table === undefined) return { gate, outcome: 'open', message: 'Lockkeeper’s own table says what is applied.' };
  if (named) return { gate, outcome: 'open', message: `The table of ${title} is ${full}, as ${named.by} says.` };
  if (alike.length === 0) return { gate, outcome: 'open', message: `The table of ${title} is ${full}.` };
  const one = alike.length === 1;
  const found = `${alike.slice(0, 3).join(', ')}${alike.length > 3 ? ` and ${alike.length - 3} more` : ''}`;
  const others = one ? `${found} has the columns of one` : `${found} have the columns of one`;
  return closed(
    gate,
    exists
      ? `The table of ${title} is ${full}, but ${others}, too.`
      : `There is no table ${full}, but ${others} of ${title}.`,
    `Say which it is: set \`migrations-table\` to ${one ? found : 'one of them'}, or to ${table}${exists ? '' : ' for a new one'}.`,
  );
}
