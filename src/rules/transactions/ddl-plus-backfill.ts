import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { type ChangedRows, changedRows } from '../../postgres/syntax/changed-rows.ts';
import { inBatches, isByKey } from '../changed-rows.ts';
import { inUse } from '../in-use.ts';
import { keptOut, lockedTables } from '../locks.ts';
import { placeOutside } from '../outside.ts';
import { inTransaction, suggesting } from '../steps.ts';
import { firstToLock, laterInTransaction } from '../transaction.ts';

export const rule: Rule = {
  id: 'ddl-plus-backfill',
  severity: 'error',
  what: 'An UPDATE of rows that no key picks shares its transaction with a change of a table’s definition.',
  why: 'The lock of the change lasts until the transaction ends: while the rows are written, nobody can read or write that table. It is a warning where the change comes after the UPDATE: then the rows stay locked, and the change may be refused because of pending trigger events (SQLSTATE 55006).',
  instead:
    'Give the UPDATE a migration of its own, in the order in which the statements need each other, and change rows in batches that commit.',
  sources: [
    'strong_migrations: "Backfilling data"',
    'pg-migration-lint: PGM302',
    'PostgreSQL documentation, 13.3.1 "Table-Level Locks"',
  ],
  covers: ['statement-after-access-exclusive', 'update-delete-without-where', 'work-under-lock'],
  statement: {
    kinds: ['UpdateStmt', 'DeleteStmt', 'InsertStmt', 'SelectStmt'],
    check(facts, world) {
      const [changed] = changedRows(facts.statement).filter(({ verb, where }) => verb === 'UPDATE' || where);
      const table = changed && inUse(facts, changed.table);
      if (!table || isByKey(changed, table, world)) return [];
      const told = meanwhile(changed, table, facts, world) ?? before(changed, table, facts, world);
      if (!told) return [];
      const migrations = inBatches(changed, table, facts, world) ?? [inTransaction(`${facts.statement.sql};`)];
      return [{ ...told, instead: suggesting(migrations, whereTo(facts, world)) }];
    },
  },
};

/** In which migration it does what it did here, and nobody waits for it. */
function whereTo(facts: StatementFacts, world: World): string {
  const { line, endLine } = facts.statement;
  switch (placeOutside(facts, world)) {
    case 'before':
      return 'Its own migration, before this one, locks nobody out. Rows that are written between the two must be right already.';
    case 'after':
      return 'Its own migration, after this one, locks nobody out.';
    case 'between':
      return `In a migration of its own it locks nobody out, but others of this file need it, and it needs others: make three of it, what stands before line ${line}, this statement, and what stands after line ${endLine}. Rows that are written between the last two must be right already.`;
  }
}

/** Tables that the transaction keeps others from while rows are written. */
function meanwhile({ verb }: ChangedRows, table: Relation, facts: StatementFacts, world: World): Problem | undefined {
  const held = lockedTables(facts.observation.held);
  if (held.length === 0) return undefined;
  const tables = held.map(({ relation }) => relation);
  const what = keptOut(held);
  const since = firstToLock(facts, tables, world);
  const origin = since ? ` since line ${since.statement.line}` : '';
  return {
    message: `${verb} goes through ${table.name} while its transaction keeps ${what} of ${tables.join(', ')} waiting${origin}.`,
    relations: [...new Set([...tables, table.name])],
    blocking: { what, during: 'scan' },
  };
}

/** A later statement of the transaction that locks others out: it waits while rows are locked, and locks them longer. */
function before({ verb }: ChangedRows, table: Relation, facts: StatementFacts, world: World): Problem | undefined {
  const later = laterInTransaction(facts, world).find(({ observation }) => lockedTables(observation.locks).length > 0);
  if (!later) return undefined;
  const message = `Rows that ${verb} changes in ${table.name} stay locked until the change of line ${later.statement.line} has got its lock as well.`;
  return { message, relations: [table.name], severity: 'warning' };
}
