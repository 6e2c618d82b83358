import type { Rule, World } from '../../model/rule.ts';
import { type Constraint, objectsOf, type Snapshot } from '../../model/schema.ts';
import { alterCommands, alteredTable } from '../../postgres/syntax/alter-table.ts';
import { printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { alteredInUse } from '../in-use.ts';
import { constraintBefore } from '../schema.ts';

export const rule: Rule = {
  id: 'drop-constraint',
  severity: 'warning',
  what: 'A constraint of a table that is in use is dropped or set NOT ENFORCED, and no other takes its place.',
  why: 'From then on nothing keeps out the rows that it kept out, and ON CONFLICT, upserts and joins may have relied on it.',
  instead: 'Make sure that nothing relies on it. To change a constraint, add the new one before the old one goes.',
  sources: ['atlas: CD101', 'pgsafe: drop-constraint', 'pgfence: drop-constraint'],
  statement: {
    kinds: ['AlterTableStmt'],
    check(facts, world) {
      const table = alteredInUse(facts);
      if (!table) return [];
      const where = printName(alteredTable(facts.statement));
      const relaxed = alterCommands(facts.statement, 'AT_AlterConstraint').flatMap(({ node }) => {
        const { conname = '', alterEnforceability, is_enforced } = read(node.def, 'ATAlterConstraint') ?? {};
        const constraint = alterEnforceability && !is_enforced ? constraintBefore(table, conname, world) : undefined;
        if (!constraint?.enforced || isKept(constraint, world)) return [];
        const message = `While ${conname} is NOT ENFORCED, ${lossOf(constraint, where, world)}.`;
        return [{ message, relations: [table.name] }];
      });
      const dropped = alterCommands(facts.statement, 'AT_DropConstraint').flatMap(({ name = '' }) => {
        const constraint = constraintBefore(table, name, world);
        if (!constraint || isKept(constraint, world)) return [];
        const keys = keysLostWith(constraint, world);
        const also = keys.map((key) => ` CASCADE drops the foreign key ${key.name} of ${key.table}, too.`).join('');
        const relations = [table.name, ...keys.map((key) => key.table)];
        return [{ message: `Without ${name}, ${lossOf(constraint, where, world)}.${also}`, relations }];
      });
      return [...dropped, ...relaxed];
    },
  },
};

function lossOf({ type, columns, references, table: id }: Constraint, table: string, { after }: World): string {
  const names = columns.join(', ');
  switch (type) {
    case 'foreign key':
      return `nothing keeps ${names} of ${table} from referring to rows of ${references?.table} that do not exist`;
    case 'primary key':
      if ([...objectsOf(after, 'constraint').values()].some((each) => each.table === id && each.type === type))
        return `nothing keeps ${names} of ${table} unique: another primary key takes its place`;
      return `${table} has no primary key: duplicates get in, and logical replication cannot tell rows apart`;
    case 'unique':
      return `nothing keeps ${names} of ${table} unique, and ON CONFLICT (${names}) fails`;
    default:
      return `nothing checks ${names || 'the rows'} of ${table} any more`;
  }
}

/** Foreign keys of the base that rested on the constraint's columns, and are gone. */
function keysLostWith({ table, columns, type }: Constraint, { before, after }: World): Constraint[] {
  if (type !== 'primary key' && type !== 'unique') return [];
  const kept = new Set([...objectsOf(after, 'constraint').values()].map(({ oid }) => oid));
  return [...objectsOf(before, 'constraint').values()].filter(
    ({ oid, references }) =>
      references?.table === table && references.columns.join() === columns.join() && !kept.has(oid),
  );
}

/** A new check that speaks of the same columns, and of others. */
function checksMore(each: Constraint, old: Constraint, before: Snapshot): boolean {
  if (each.type !== old.type || each.table !== old.table || old.columns.length === 0) return false;
  const isNew = !before.objects.some(({ kind, oid }) => kind === 'constraint' && oid === each.oid);
  return isNew && old.columns.every((column) => each.columns.includes(column));
}

/** Another constraint or unique index, or NOT NULL, says the same after the pending migrations. */
function isKept(old: Constraint, { before, after }: World): boolean {
  const same = (columns: readonly string[]) => columns.join() === old.columns.join();
  const others = [...objectsOf(after, 'constraint').values()].filter(({ enforced }) => enforced);
  if (others.some((each) => each.table === old.table && each.type === old.type && same(each.columns))) return true;
  if (old.type === 'check' && others.some((each) => checksMore(each, old, before))) return true;
  const hasKey =
    old.type !== 'primary key' || others.some((each) => each.table === old.table && each.type === old.type);
  if (old.type === 'unique' || old.type === 'primary key') {
    const indexes = [...objectsOf(after, 'index').values()];
    return (
      hasKey &&
      indexes.some((index) => index.table === old.table && index.unique && !index.predicate && same(index.columns))
    );
  }
  const column = objectsOf(after, 'column').get(`${old.table}.${old.columns[0]}`);
  return old.type === 'check' && /^CHECK \(\(\S+ IS NOT NULL\)\)$/.test(old.definition) && column?.notNull === true;
}
