import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { droppedNames, printName, type WrittenName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { lockedOut, momentary } from '../locks.ts';
import { outsideTransaction } from '../steps.ts';
import { laterInTransaction } from '../transaction.ts';

export const rule: Rule = {
  id: 'drop-index-not-concurrent',
  severity: 'warning',
  what: 'DROP INDEX without CONCURRENTLY on a table that is in use.',
  why: 'It asks for ACCESS EXCLUSIVE on the table: it waits for every running query, and every later query waits behind it.',
  instead:
    'DROP INDEX CONCURRENTLY, alone in a migration that runs outside a transaction. With a lock_timeout it is a notice.',
  sources: [
    'PostgreSQL documentation, DROP INDEX, CONCURRENTLY',
    'squawk: require-concurrent-index-deletion',
    'pg-migration-lint: PGM002',
  ],
  statement: {
    kinds: ['DropStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'DropStmt');
      if (node?.removeType !== 'OBJECT_INDEX' || node.concurrent) return [];
      const tables = lockedOut(facts).filter((table) => !isDroppedLater(table, facts, world));
      if (tables.length === 0) return [];
      return [problem(facts, world, droppedNames(node.objects), tables, node.behavior === 'DROP_CASCADE')];
    },
  },
};

function problem(
  facts: StatementFacts,
  world: World,
  names: readonly WrittenName[],
  tables: readonly string[],
  cascade: boolean,
): Problem {
  const partitioned = names.some(({ schema, name }) => facts.relation(schema, name)?.kind === 'partitioned index');
  const exists = /\bIF\s+EXISTS\b/i.test(facts.statement.sql) ? 'IF EXISTS ' : '';
  const migrations = names.map((name) => outsideTransaction(`DROP INDEX CONCURRENTLY ${exists}${printName(name)};`));
  const text = partitioned
    ? 'The index of a partitioned table cannot be dropped concurrently: set a lock_timeout and try again when it ends.'
    : world.outsideTransaction;
  return {
    message: `DROP INDEX ${names.map(printName).join(', ')} waits for every query on ${tables.join(', ')}, and every later query waits behind it.`,
    relations: tables,
    blocking: { what: 'reads and writes', during: 'moment' },
    severity: momentary(facts),
    instead: partitioned || cascade ? { text } : { text, migrations },
  };
}

/** Whether the same transaction drops the table itself, which nobody can then read in any case. */
function isDroppedLater(table: string, facts: StatementFacts, world: World): boolean {
  return laterInTransaction(facts, world).some(({ statement, relation }) => {
    const drop = read(statement.node, 'DropStmt');
    const names = drop?.removeType === 'OBJECT_TABLE' ? droppedNames(drop.objects) : [];
    return names.some(({ schema, name }) => relation(schema, name)?.name === table);
  });
}
