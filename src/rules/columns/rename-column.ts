import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { type NodeOf, read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { isNewColumn } from '../new-column.ts';
import { columnsBefore, nameBefore } from '../schema.ts';
import { laterInTransaction } from '../transaction.ts';

export const rule: Rule = {
  id: 'rename-column',
  severity: 'error',
  what: 'A column of a table or view that is in use, or an attribute of a composite type, is renamed.',
  why: 'Running code asks for the old name and fails from that moment until it is replaced; function bodies keep the old name too. It is a warning where another column takes the name in the same transaction, and of an attribute.',
  instead: 'Add a column with the new name, write both, move the readers, then drop the old one; or leave the name.',
  sources: ['strong_migrations: rename_column', 'squawk: renaming-column', 'atlas: BC102', 'pg-migration-lint: PGM505'],
  statement: {
    kinds: ['RenameStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'RenameStmt');
      if (node?.renameType === 'OBJECT_ATTRIBUTE') return ofType(node, facts);
      const table = node?.renameType === 'OBJECT_COLUMN' ? inUse(facts, nameOf(node.relation)) : undefined;
      const [from, to] = [node?.subname ?? '', node?.newname ?? ''];
      if (!table || table.kind === 'composite type' || isNewColumn(table, from, facts, world)) return [];
      if (isSwapped(table, from, to, facts, world)) {
        const message = `${to} of ${table.name} is another column from then on: code that asks for ${from} fails, and prepared statements fail once.`;
        return [{ message, relations: [table.name], severity: 'warning' }];
      }
      if (takesOver(table, from, facts, world)) return [];
      return [
        {
          message: `Renaming ${from} to ${to} breaks running code that asks ${nameBefore(table, world)} for ${from}.`,
          relations: [table.name],
          instead: { text: insteadOf(table, from, to) },
        },
      ];
    },
  },
};

function ofType({ relation, subname, newname }: NodeOf<'RenameStmt'>, facts: StatementFacts): Problem[] {
  const type = inUse(facts, nameOf(relation));
  const message = `Renaming ${subname} to ${newname} breaks running code that asks the type ${type?.name} for ${subname}.`;
  return type?.kind === 'composite type' ? [{ message, severity: 'warning' }] : [];
}

function insteadOf({ kind }: Relation, from: string, to: string): string {
  if (kind === 'materialized view')
    return `Create another materialized view, with ${to}, beside it, move the readers, then drop this one in a later release.`;
  if (kind === 'view')
    return `Add ${to} at the end of the view with CREATE OR REPLACE VIEW, move the readers, then create it anew without ${from} in a later release.`;
  return `Add ${to} beside ${from}, write both (a trigger can), move the readers, then drop ${from} in a later release.`;
}

/** The column gets the name of one that lost it earlier in the transaction. */
function isSwapped(table: Relation, from: string, to: string, facts: StatementFacts, world: World): boolean {
  return columnsBefore(table, world).has(to) && isNewColumn(table, to, facts, world) && from !== to;
}

/** Another column gets the name later in the same transaction, which is told there. */
function takesOver(table: Relation, from: string, facts: StatementFacts, world: World): boolean {
  return laterInTransaction(facts, world).some(({ statement, relation }) => {
    const node = read(statement.node, 'RenameStmt');
    const { schema, name } = nameOf(node?.relation);
    return node?.renameType === 'OBJECT_COLUMN' && node.newname === from && relation(schema, name)?.oid === table.oid;
  });
}
