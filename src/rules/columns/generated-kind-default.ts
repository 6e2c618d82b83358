import type { ColumnDef } from '@pgsql/types';
import type { Rule } from '../../model/rule.ts';
import { alterCommands } from '../../postgres/syntax/alter-table.ts';
import { read, readAll } from '../../postgres/syntax/node.ts';
import { isWord, tokensOf } from '../../postgres/syntax/text.ts';

export const rule: Rule = {
  id: 'generated-kind-default',
  severity: 'notice',
  what: 'A generated column is said to be neither STORED nor VIRTUAL.',
  why: 'From PostgreSQL 18 on that means VIRTUAL, which is computed at every read and takes no index; before, it is a syntax error.',
  instead: 'Write STORED or VIRTUAL.',
  majors: { from: 18 },
  sources: ['PostgreSQL documentation, CREATE TABLE, GENERATED ALWAYS AS; release notes of 18'],
  statement: {
    kinds: ['CreateStmt', 'AlterTableStmt'],
    check({ statement }) {
      const created = readAll(read(statement.node, 'CreateStmt')?.tableElts, 'ColumnDef');
      const added = alterCommands(statement, 'AT_AddColumn').flatMap(({ column }) => column ?? []);
      const virtual = [...created, ...added].filter(isVirtual);
      const said = tokensOf(statement.sql).filter((token) => isWord(token, 'VIRTUAL')).length;
      if (virtual.length <= said) return [];
      const names = virtual.map(({ colname }) => colname).join(', ');
      return [{ message: `Without a word, ${names} is VIRTUAL: computed at every read, and without an index.` }];
    },
  },
};

function isVirtual({ constraints }: ColumnDef): boolean {
  return readAll(constraints, 'Constraint').some(
    ({ contype, generated_kind }) => contype === 'CONSTR_GENERATED' && generated_kind === 'v',
  );
}
