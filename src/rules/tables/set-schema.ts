import type { Rule } from '../../model/rule.ts';
import { nameOf, printId, printIdentifier, printName, splitId } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { keepsName } from '../old-name.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'set-schema',
  severity: 'error',
  what: 'A table or view that is in use is moved to another schema.',
  why: 'Running code that names the old schema, or whose search_path has not the new one, fails from that moment on.',
  instead: 'Leave a view in its place in the same transaction, until all code is moved.',
  sources: ['PostgreSQL documentation, ALTER TABLE, SET SCHEMA'],
  statement: {
    kinds: ['AlterObjectSchemaStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'AlterObjectSchemaStmt');
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
