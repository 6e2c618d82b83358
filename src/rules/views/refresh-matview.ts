import type { Relation } from '../../model/observation.ts';
import type { Rule, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { nameOf, printName } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';
import { lockedOut } from '../locks.ts';
import { isReadable } from '../schema.ts';
import { inTransaction } from '../steps.ts';

export const rule: Rule = {
  id: 'refresh-matview',
  severity: 'error',
  what: 'A materialized view that is in use is refreshed without CONCURRENTLY, or emptied by WITH NO DATA.',
  why: 'Nobody can read it until its query has run; WITH NO DATA makes every query on it fail until it is refreshed.',
  instead: 'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.',
  sources: ['PostgreSQL documentation, REFRESH MATERIALIZED VIEW', 'pgfence: refresh-matview-blocking'],
  covers: ['statement-after-access-exclusive', 'work-under-lock'],
  statement: {
    kinds: ['RefreshMatViewStmt'],
    check(facts, world) {
      const node = read(facts.statement.node, 'RefreshMatViewStmt');
      const view = inUse(facts, nameOf(node?.relation));
      if (!view || !lockedOut(facts).includes(view.name) || !isReadable(view.name, world)) return [];
      const name = printName(nameOf(node?.relation));
      if (node?.skipData)
        return [
          { message: `Every query on ${view.name} fails until it is refreshed with data.`, relations: [view.name] },
        ];
      const concurrent = inTransaction(`REFRESH MATERIALIZED VIEW CONCURRENTLY ${name};`);
      return [
        {
          message: `Refreshing ${view.name} keeps its readers waiting until its query has run.`,
          relations: [view.name],
          blocking: { what: 'reads and writes', during: 'rewrite' },
          instead: hasKey(view, world)
            ? { text: 'Only writers wait, which it has none of.', migrations: [concurrent] }
            : { text: `Create a unique index on columns of ${name} that tell its rows apart; then ${concurrent.sql}` },
        },
      ];
    },
  },
};

/** What CONCURRENTLY needs: a unique index on columns only, over all rows. */
function hasKey({ name }: Relation, { before }: World): boolean {
  return [...objectsOf(before, 'index').values()].some(
    ({ table, unique, valid, predicate, columns }) =>
      table === name &&
      unique &&
      valid &&
      !predicate &&
      columns.every((column) => /^("[^"]+"|[a-z_][\w$]*)$/.test(column)),
  );
}
