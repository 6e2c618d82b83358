import type { Rule } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { nameOfList } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'enum-rename-value',
  severity: 'warning',
  what: 'A value of an enum that is in use is renamed.',
  why: 'Running code that writes or asks for the old value fails (SQLSTATE 22P02), and what it reads is a value that it does not know.',
  instead: 'Add the new value, move rows and code to it, and leave the old one.',
  sources: ['PostgreSQL documentation, ALTER TYPE', 'strong_migrations: rename_enum_value'],
  statement: {
    kinds: ['AlterEnumStmt'],
    check({ statement }, { before }) {
      const node = read(statement.node, 'AlterEnumStmt');
      const [from, to] = [node?.oldVal, node?.newVal];
      if (from === undefined) return [];
      const { schema, name } = nameOfList(node?.typeName);
      const known = [...objectsOf(before, 'enum').values()].some(
        (each) => each.name === name && (schema === undefined || each.schema === schema) && each.labels.includes(from),
      );
      const message = `Running code that knows ${name} '${from}' fails once it is called '${to}'.`;
      return known
        ? [{ message, instead: { text: `Add '${to}' beside '${from}', and move rows and code to it.` } }]
        : [];
    },
  },
};
