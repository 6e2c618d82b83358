import type { Rule, StatementFacts, World } from '../../model/rule.ts';
import { type Index, objectsOf } from '../../model/schema.ts';
import { createdIndex } from '../../postgres/syntax/indexes.ts';
import { printIdentifier } from '../../postgres/syntax/names.ts';
import { creatorOf } from '../created.ts';
import { inUse } from '../in-use.ts';

export const rule: Rule = {
  id: 'replace-index-gap',
  severity: 'warning',
  what: 'An index is dropped before the one that takes its place is there.',
  why: 'Until the new one is built, queries that used the old one read the whole table; on a busy one that is an outage.',
  instead: 'Build the new index first, under another name, then drop the old one.',
  sources: ['online_migrations: replace_index', 'stripe/pg-schema-diff: INDEX_DROPPED'],
  statement: {
    kinds: ['IndexStmt'],
    check(facts, world) {
      const index = createdIndex(facts.statement);
      const table = index && inUse(facts, index.table);
      const [first] = index?.columns ?? [];
      if (!table || first === undefined) return [];
      const serves = (each: Index) => each.table === table.name && each.columns[0] === printIdentifier(first);
      const old = droppedBefore(facts, world).find(serves);
      const others = [...objectsOf(world.after, 'index').values()].filter(serves);
      if (!old || others.some((each) => creatorOf(each, world) !== facts)) return [];
      const message = `${old.name} is dropped already: until this index is built, queries by ${first} read all of ${table.name}.`;
      return [{ message, relations: [table.name] }];
    },
  },
};

/** Valid indexes of the base that earlier statements by themselves dropped. */
function droppedBefore({ index }: StatementFacts, { statements, before, after }: World): Index[] {
  const kept = new Set([...objectsOf(after, 'index').values()].map(({ oid }) => oid));
  const locked = new Set(
    statements
      .slice(0, index)
      .filter(({ statement }) => statement.kind === 'DropStmt')
      .flatMap(({ observation }) => observation.locks.map(({ relation }) => relation)),
  );
  return [...objectsOf(before, 'index').values()].filter(
    ({ id, oid, valid }) => valid && locked.has(id) && !kept.has(oid),
  );
}
