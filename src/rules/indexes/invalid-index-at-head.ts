import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { type Index, objectsOf } from '../../model/schema.ts';
import { printIdentifier, printName, splitId } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { creatorOf } from '../created.ts';

export const rule: Rule = {
  id: 'invalid-index-at-head',
  severity: 'warning',
  what: 'After the pending migrations an index is invalid that was not there, or valid, before.',
  why: 'No query uses it, every write maintains it, and a unique one may not keep its promise. A failed CONCURRENTLY leaves such an index, and so does ON ONLY until every partition’s index is attached.',
  instead: 'Drop it and build it again; attach an index of every partition to the index of a partitioned table.',
  sources: [
    'PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently"',
    'PostgreSQL documentation, 5.12.2.2',
  ],
  whole(world) {
    const before = objectsOf(world.before, 'index');
    return [...objectsOf(world.after, 'index').values()]
      .filter(({ id, valid }) => !valid && before.get(id)?.valid !== false)
      .flatMap((index) => problem(index, world));
  },
};

function problem(index: Index, world: World): Problem[] {
  const cause = creatorOf(index, world) ?? world.statements.findLast((facts) => names(facts, index.name));
  if (!cause) return [];
  const { migration, path, line, sql } = cause.statement;
  const only = read(cause.statement.node, 'IndexStmt')?.relation?.inh !== true && / ON ONLY /.test(index.definition);
  const text = only
    ? `ALTER INDEX ${printIdentifier(index.name)} ATTACH PARTITION … for an index of every partition.`
    : `DROP INDEX CONCURRENTLY ${printName(splitId(index.id))};\n${sql};`;
  return [
    {
      message: `The index ${index.id} is invalid after these migrations: no query uses it.`,
      relations: [index.table],
      place: { migration, path, line },
      instead: { text },
    },
  ];
}

function names({ statement: { sql } }: StatementFacts, index: string): boolean {
  return sql.includes(index);
}
