import type { Problem, Rule, World } from '../../model/rule.ts';
import { nameOf, nameOfList, printId, printIdentifier, printName, splitId } from '../../postgres/syntax/names.ts';
import { type NodeOf, read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { keepsName } from '../old-name.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'set-schema',
  severity: 'error',
  what: 'A table or view that is in use is moved to another schema, or a type, which is a warning.',
  why: 'Running code that names the old schema, or whose search_path has not the new one, fails from that moment on.',
  instead: 'Leave a view in its place in the same transaction, until all code is moved.',
  sources: ['PostgreSQL documentation, ALTER TABLE, SET SCHEMA'],
  statement: {
    kinds: ['AlterObjectSchemaStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'AlterObjectSchemaStmt');
      if (node?.objectType === 'OBJECT_TYPE' || node?.objectType === 'OBJECT_DOMAIN') return ofType(node, world);
      const table = node?.relation ? inUse(facts, nameOf(node.relation)) : undefined;
      if (!table || /index|sequence|composite/.test(table.kind) || keepsName(table, facts, world)) return [];
      const { name } = splitId(table.name);
      const to = node?.newschema ?? '';
      const view = `CREATE VIEW ${printId(table.name)} AS SELECT * FROM ${printName({ schema: to, name })};`;
      return [
        {
          message: `Moving ${table.name} to the schema ${to} breaks running code that looks for it where it was.`,
          relations: [table.name],
          instead: {
            text: `A view stays in its place until all code looks into ${printIdentifier(to)}; the second migration belongs to a later release.`,
            migrations: [
              inTransaction(`${facts.statement.sql};`, view),
              inTransaction(`DROP VIEW ${printId(table.name)};`),
            ],
          },
        },
      ];
    },
  },
};

function ofType({ object, newschema }: NodeOf<'AlterObjectSchemaStmt'>, { before, after }: World): Problem[] {
  const { schema, name } = nameOfList(read(object, 'List')?.items);
  const moved = before.objects.find(
    (each) =>
      ['enum', 'domain', 'composite type', 'range type'].includes(each.kind) &&
      each.name === name &&
      (schema === undefined || each.schema === schema) &&
      after.objects.some(({ kind, oid, schema: now }) => kind === each.kind && oid === each.oid && now !== each.schema),
  );
  const message = `Moving the type ${moved?.id} to the schema ${newschema} breaks running code that names it, unless its search_path has ${newschema}.`;
  return moved ? [{ message, severity: 'warning' }] : [];
}
