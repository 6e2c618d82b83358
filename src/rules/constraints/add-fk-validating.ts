import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf, type Table } from '../../model/schema.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { type AddedConstraint, addedConstraints } from '../../postgres/syntax/constraints.ts';
import { nameOf, printIdentifier, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { checkedAtOnce, inTwoSteps, namesOf, validations } from '../constraint.ts';
import { alteredInUse } from '../in-use.ts';
import { blockedTables, keptFrom, keptOut, lockedTables, waitingFor } from '../locks.ts';
import { observed } from '../observed.ts';
import { leavesOf } from '../partitioning.ts';
import { constraintBefore } from '../schema.ts';
import { inTransaction, suggesting } from '../steps.ts';

export const rule: Rule = {
  id: 'add-fk-validating',
  severity: 'error',
  what: 'ADD FOREIGN KEY, without NOT VALID, to a table that is in use, or ALTER CONSTRAINT … ENFORCED (PostgreSQL 18).',
  why: 'It holds SHARE ROW EXCLUSIVE on both tables while it looks for every row’s partner: nobody writes to either; ENFORCED also keeps reads from its own table.',
  instead: 'Add it NOT VALID, which takes a moment, and VALIDATE it in a later migration, which lets everybody work.',
  sources: [
    'PostgreSQL documentation, ALTER TABLE, "Notes"',
    'squawk: adding-foreign-key-constraint',
    'eugene: E1',
    'strong_migrations: add_foreign_key',
  ],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      if (table && alterCommands(facts.statement, 'AT_AlterConstraint').length > 0)
        return enforced(table, facts, world);
      const added = checkedAtOnce(facts, 'CONSTR_FOREIGN');
      const { locks, held } = facts.observation;
      const locked = lockedTables([...locks, ...held], 'ShareRowExclusiveLock');
      if (!table || added.length === 0 || locked.length === 0 || isKeptBelow(table, added, facts, world)) return [];
      const tables = locked.map(({ relation }) => relation);
      const targets = added.map(({ constraint }) => printName(nameOf(constraint.pktable))).join(', ');
      const early = table.kind === 'partitioned table' && world.major < 18;
      return [
        {
          message: `Adding the foreign key ${namesOf(added)} to ${targets} keeps ${keptFrom(locked)} ${tables.join(' and ')} waiting while every row is checked.`,
          relations: tables,
          blocking: { what: keptOut(locked), during: 'scan' },
          instead: early
            ? {
                text: 'Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add it to each partition NOT VALID, validate those, then add it to the parent: that reads no row, and locks the table it refers to against reads and writes for a moment.',
              }
            : suggesting(inTwoSteps(facts, added, table, world)),
        },
      ];
    },
  },
};

/** Whether all partitions have the key already, so that no row was read: their parent takes it over. */
function isKeptBelow(table: Relation, added: readonly AddedConstraint[], facts: StatementFacts, world: World): boolean {
  if (table.kind !== 'partitioned table' || observed(table, facts, world).scanned.length > 0) return false;
  const leaves = leavesOf(table.oid, world);
  return added.every(({ columns }) => leaves.every((leaf) => hasKey(leaf, columns.join(), facts, world)));
}

function hasKey({ id, oid }: Table, columns: string, { index }: StatementFacts, { before, statements }: World) {
  const known = [...objectsOf(before, 'constraint').values()].some(
    (each) => each.table === id && each.type === 'foreign key' && each.validated && each.columns.join() === columns,
  );
  return (
    known ||
    statements.slice(0, index).some(({ statement, relation }) => {
      const { schema, name } = alteredTable(statement);
      const keys = addedConstraints(statement, 'CONSTR_FOREIGN');
      return relation(schema, name)?.oid === oid && keys.some((each) => each.columns.join() === columns);
    })
  );
}

/** A foreign key that was NOT ENFORCED: it is made anew instead, as NOT VALID. */
function enforced(table: Relation, facts: StatementFacts, world: World): Problem[] {
  const blocked = blockedTables(facts.observation);
  const commands = alterCommands(facts.statement, 'AT_AlterConstraint');
  const keys = commands.flatMap(({ node: { def } }) => {
    const { conname, is_enforced: enforces } = read(def, 'ATAlterConstraint') ?? {};
    const key = conname !== undefined && enforces ? constraintBefore(table, conname, world) : undefined;
    return key?.type === 'foreign key' && !key.enforced ? [key] : [];
  });
  if (blocked.length === 0 || keys.length === 0) return [];
  const [head, names] = [`ALTER TABLE ${printName(alteredTable(facts.statement))}`, keys.map(({ name }) => name)];
  const anew = keys.flatMap(({ name, definition }) => [
    `DROP CONSTRAINT ${printIdentifier(name)}`,
    `ADD CONSTRAINT ${printIdentifier(name)} ${definition} NOT VALID`,
  ]);
  const steps = [inTransaction(`${head} ${anew.join(', ')};`), inTransaction(validations(facts, names))];
  return [
    {
      message: `Enforcing the foreign key ${names.join(', ')} keeps ${waitingFor(blocked)} waiting while every row is checked.`,
      relations: blocked.map((each) => each.table),
      blocking: { what: keptOut(blocked), during: 'scan' },
      instead: suggesting(keys.length === alterCommands(facts.statement).length ? steps : []),
    },
  ];
}
