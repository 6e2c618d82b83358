import type { Rule } from '../../model/rule.ts';
import { read } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'rename-schema',
  severity: 'error',
  what: 'A schema with something in it is renamed.',
  why: 'Running code, search_path settings and function bodies say the old name, and fail from that moment on.',
  instead:
    'Create the new schema, move or mirror what is in it step by step, and drop the old one when nobody uses it.',
  sources: ['strong_migrations: rename_schema', 'pgfence: rename-schema'],
  statement: {
    kinds: ['RenameStmt'],
    check({ statement }, { before }) {
      const node = read(statement.node, 'RenameStmt');
      if (node?.renameType !== 'OBJECT_SCHEMA') return [];
      const inside = before.objects.filter(({ schema, table }) => schema === node.subname && table === undefined);
      if (inside.length === 0) return [];
      const tables = inside.filter(({ kind }) => kind === 'table').map(({ id }) => id);
      const some = inside.slice(0, 3).map(({ id }) => id);
      const more = inside.length > some.length ? ` and ${inside.length - some.length} more` : '';
      const message = `Renaming the schema ${node.subname} to ${node.newname} breaks running code that uses ${some.join(', ')}${more}.`;
      return [{ message, relations: tables }];
    },
  },
};
