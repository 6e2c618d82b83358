import type { Rule } from '../../model/rule.ts';
import { read, strings } from '../../postgres/syntax/node.ts';

export const rule: Rule = {
  id: 'drop-schema',
  severity: 'error',
  what: 'A schema is dropped with what lies in it.',
  why: 'All tables in it are gone with their data, and code that names anything of it fails.',
  instead: 'Drop what is in it by name, step by step, and the empty schema last.',
  sources: ['PostgreSQL documentation, DROP SCHEMA', 'pg-migration-lint: PGM205', 'atlas: DS101'],
  covers: ['drop-table-locks-parents'],
  statement: {
    kinds: ['DropStmt'],
    check({ statement }, { before, after }) {
      const node = read(statement.node, 'DropStmt');
      if (node?.removeType !== 'OBJECT_SCHEMA') return [];
      return strings(node.objects).flatMap((schema) => {
        const inside = before.objects.filter((each) => each.schema === schema && each.table === undefined);
        const kept = new Set(after.objects.map(({ kind, oid }) => `${kind} ${oid}`));
        const gone = inside.filter(({ kind, oid }) => !kept.has(`${kind} ${oid}`));
        if (gone.length === 0) return [];
        const tables = gone.filter(({ kind }) => kind === 'table').map(({ id }) => id);
        const lost =
          tables.length > 0
            ? `deletes ${tables.join(', ')} with all data`
            : `takes ${gone.map(({ id }) => id).join(', ')} away`;
        return [
          {
            message: `Dropping the schema ${schema} ${lost}, and running code that names anything of it fails.`,
            relations: tables,
            severity: tables.length > 0 ? 'error' : 'warning',
          },
        ];
      });
    },
  },
};
