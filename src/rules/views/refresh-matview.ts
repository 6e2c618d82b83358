import type { Rule } from '../../model/rule.ts';
import { nameOf } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse, sqlName } from '../effect.ts';

export const rule: Rule = {
  id: 'refresh-matview',
  severity: 'error',
  what: 'A materialized view is refreshed without CONCURRENTLY.',
  why: 'Nobody can read it until its query has run.',
  instead: 'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.',
  sources: ['PostgreSQL documentation, REFRESH MATERIALIZED VIEW', 'pgfence refresh-matview-blocking'],
  statement: {
    kinds: ['RefreshMatViewStmt'],
    check(facts) {
      const node = read(facts.statement.node, 'RefreshMatViewStmt');
      const view = node?.concurrent || node?.skipData ? undefined : inUse(facts, nameOf(node?.relation));
      if (!view) return [];
      return [
        {
          message: `Refreshing ${view.name} keeps readers waiting until its query has run.`,
          relations: [view.name],
          blocking: { what: 'reads and writes', during: 'rewrite' },
          instead: {
            migrations: [
              { sql: `REFRESH MATERIALIZED VIEW CONCURRENTLY ${sqlName(view.name)};`, outsideTransaction: false },
            ],
            text: 'It needs a unique index on the view.',
          },
        },
      ];
    },
  },
};
