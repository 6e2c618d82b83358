import type { Blocking } from '../model/finding.ts';
import { blocks, type Observation, type Relation, strength } from '../model/observation.ts';
import type { StatementFacts } from '../model/rule.ts';
import type { Statement } from '../model/statement.ts';
import { alteredTable } from '../postgres/syntax/alter-table.ts';
import { printName, splitId, type WrittenName } from '../postgres/syntax/names.ts';

/** The relation a name meant, where people use it already: it was there before the first pending migration. */
export function inUse(facts: StatementFacts, { schema, name }: WrittenName): Relation | undefined {
  const relation = facts.relation(schema, name);
  return relation?.atBase ? relation : undefined;
}

/** The table that an ALTER TABLE alters, where people use it already. */
export function alteredInUse(facts: StatementFacts): Relation | undefined {
  return inUse(facts, alteredTable(facts.statement));
}

/** Whom the statement keeps from using a table, and while what is done: as observed. */
export function blockingOf(table: string, { locks, held, rewritten, scanned }: Observation): Blocking | undefined {
  const modes = [...locks, ...held].filter(({ relation }) => relation === table).map(({ mode }) => mode);
  const strongest = modes.sort((a, b) => strength(b) - strength(a))[0];
  const what = strongest && blocks(strongest);
  if (!what || what === 'nothing') return undefined;
  return { what, during: rewritten.includes(table) ? 'rewrite' : scanned.includes(table) ? 'scan' : 'moment' };
}

/** Whether the statement rewrote the table while nobody could read or write it. */
export function isRewritten(table: string, { rewritten }: Observation): boolean {
  return rewritten.includes(table);
}

/** A catalog name as SQL text. */
export function sqlName(id: string): string {
  return printName(splitId(id));
}

/** A column's id from its table's. */
export function columnId(table: string, column: string): string {
  return `${table}.${column}`;
}

/** What the statement says, in one line of at most so many characters. */
export function excerpt({ sql }: Statement, length = 60): string {
  const line = sql.replaceAll(/\s+/g, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
