import type { AlterTableType } from '@pgsql/types';
import type { Blocking } from '../model/finding.ts';
import { blocks, type Lock, type LockMode, type Relation, strength } from '../model/observation.ts';
import type { Problem, StatementFacts, World } from '../model/rule.ts';
import { objectsOf } from '../model/schema.ts';
import { alterCommands, alteredTable } from '../postgres/syntax/alter-table.ts';
import { printName } from '../postgres/syntax/names.ts';
import { alteredInUse } from './in-use.ts';
import { blockedTables } from './locks.ts';

/** What a statement was seen to do to a table and, where its rows lie in them, to its partitions and children. */
export interface Observed {
  readonly table: Relation;
  /** The strongest lock while it ran: its own, or one that its transaction held already. */
  readonly mode: LockMode | undefined;
  /** Those of the tables that were read from end to end, and whose files were replaced. */
  readonly scanned: readonly string[];
  readonly rewritten: readonly string[];
  /** Whom it kept waiting, and while what was done. */
  readonly blocking: Blocking | undefined;
}

/** Gathers what was seen of a table, also where an earlier statement has given it another name. */
export function observed(table: Relation, { observation }: StatementFacts, world: World): Observed {
  const names = familyOf(table, world);
  const scanned = observation.scanned.filter((name) => names.has(name));
  const rewritten = observation.rewritten.filter((name) => names.has(name));
  const mode = strongest([...observation.locks, ...observation.held].filter(({ relation }) => names.has(relation)));
  const what = mode === undefined ? 'nothing' : blocks(mode);
  const during = rewritten.length > 0 ? 'rewrite' : scanned.length > 0 ? 'scan' : 'moment';
  return { table, mode, scanned, rewritten, blocking: what === 'nothing' ? undefined : { what, during } };
}

/** What was seen of the table that an ALTER TABLE names, where people use it already. */
export function observedAlter(facts: StatementFacts, world: World): Observed | undefined {
  const table = alteredInUse(facts);
  return table && observed(table, facts, world);
}

/** An ALTER TABLE that read or wrote tables whole while it kept others from them. */
export interface BlockingAlter {
  readonly table: Relation;
  /** The table's name as written. */
  readonly name: string;
  readonly tables: readonly string[];
}

/** Undefined where it took but a moment, or nobody uses the table yet. */
export function blockingAlter(facts: StatementFacts): BlockingAlter | undefined {
  const table = alteredInUse(facts);
  const tables = blockedTables(facts.observation).map((each) => each.table);
  return table && tables.length > 0 ? { table, name: printName(alteredTable(facts.statement)), tables } : undefined;
}

/** What was seen of a table that an ALTER TABLE with one of these actions rewrote. */
export function rewrittenBy(facts: StatementFacts, world: World, ...types: AlterTableType[]): Observed | undefined {
  if (alterCommands(facts.statement, ...types).length === 0) return undefined;
  const seen = observedAlter(facts, world);
  return seen && seen.rewritten.length > 0 ? seen : undefined;
}

/** The parts of a problem that tell which tables are concerned and who waits. */
export function costs({ table, rewritten, scanned, blocking }: Observed): Pick<Problem, 'relations' | 'blocking'> {
  const relations = [...new Set([table.name, ...rewritten, ...scanned])];
  return { relations, ...(blocking && { blocking }) };
}

/** The names, before the migration, of a table and of all that inherit from it. */
function familyOf({ oid, name }: Relation, { before }: World): ReadonlySet<string> {
  const tables = objectsOf(before, 'table');
  const first = before.objects.find((each) => each.oid === oid && (each.kind === 'table' || each.kind === 'view'));
  const names = new Set(first ? [name, first.id] : [name]);
  for (const known of names) for (const { id, parents } of tables.values()) if (parents.includes(known)) names.add(id);
  return names;
}

function strongest(locks: readonly Lock[]): LockMode | undefined {
  return locks.map(({ mode }) => mode).sort((a, b) => strength(b) - strength(a))[0];
}
