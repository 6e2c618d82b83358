import type { Relation } from '../../model/observation.ts';
import type { Problem, Rule, World } from '../../model/rule.ts';
import { objectsOf } from '../../model/schema.ts';
import { droppedNames, nameOf } from '../../postgres/syntax/names.ts';
import { read } from '../../postgres/syntax/node.ts';
import { inUse } from '../in-use.ts';

export const rule: Rule = {
  id: 'drop-sequence',
  severity: 'warning',
  what: 'A sequence that is in use is dropped or renamed.',
  why: 'Running code that calls nextval, currval or setval by its name fails (SQLSTATE 42P01). It is a notice for the sequence of a column, whose name code seldom knows.',
  instead: 'First see that no code names it any more.',
  sources: ['PostgreSQL documentation, 9.17 "Sequence Manipulation Functions"'],
  statement: {
    kinds: ['DropStmt', 'RenameStmt'],
    check(facts, world) {
      const drop = read(facts.statement.node, 'DropStmt');
      const rename = read(facts.statement.node, 'RenameStmt');
      if (drop?.removeType === 'OBJECT_SEQUENCE') {
        const dropped = droppedNames(drop.objects).map((name) => inUse(facts, name));
        return dropped.flatMap((each) => problem(each, 'dropped', world));
      }
      if (!rename || !['OBJECT_SEQUENCE', 'OBJECT_TABLE'].includes(rename.renameType ?? '')) return [];
      return problem(inUse(facts, nameOf(rename.relation)), `called ${rename.newname}`, world);
    },
  },
};

/** The sequence of an identity column is none of the snapshot's. */
function problem(sequence: Relation | undefined, what: string, { before }: World): Problem[] {
  if (sequence?.kind !== 'sequence') return [];
  const known = [...objectsOf(before, 'sequence').values()].find(({ oid }) => oid === sequence.oid);
  const message = `Once ${sequence.name} is ${what}, running code that calls nextval or currval by its name fails.`;
  const ofColumn = known === undefined || known.ownedBy !== undefined;
  return [{ message, relations: [sequence.name], ...(ofColumn && { severity: 'notice' }) }];
}
