import type { Lock } from '../../model/observation.ts';
import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import type { Change } from '../../model/schema.ts';
import { splitId } from '../../postgres/syntax/names.ts';
import { mentions } from '../../postgres/syntax/text.ts';

export const rule: Rule = {
  id: 'drop-in-code',
  severity: 'error',
  what: 'A DO block, function or procedure was seen to drop or rename a table, view or column that is in use.',
  why: 'Its data is gone, or running code that names it fails, and the statement does not say so: neither reviewers nor other rules can see it.',
  instead: 'Say it by a statement of its own.',
  sources: ['safe-migrate: opaque-dynamic-sql', 'pgsafe: unchecked-do-block'],
  whole(world) {
    const gone = world.changes.filter(isLoss).filter((change) => !isOfGoneTable(change, world));
    return gone.flatMap((change) => {
      const code = isSaid(change, world) ? undefined : culprit(change, world);
      return code ? [problem(change, code)] : [];
    });
  },
};

function isLoss({ action, kind }: Change): boolean {
  return (action === 'removed' || action === 'renamed') && ['table', 'view', 'column'].includes(kind);
}

/** The table that goes is told, and its columns with it. */
function isOfGoneTable({ table }: Change, { changes }: World): boolean {
  return changes.some(({ action, kind, id }) => kind === 'table' && action === 'removed' && id === table);
}

/** Statements that do what their text says: what they take away, other rules tell. */
function isSaid(change: Change, { statements }: World): boolean {
  const name =
    splitId(change.from ?? change.id)
      .name.split('.')
      .at(-1) ?? '';
  return statements.some(
    ({ statement }) =>
      !runsCode(statement.kind) && (/\bCASCADE\b/i.test(statement.sql) || mentions(statement.sql, name)),
  );
}

function runsCode(kind: string): boolean {
  return ['DoStmt', 'CallStmt', 'SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'].includes(kind);
}

/** The last code that took the table for itself, or else that had it so. */
function culprit({ id, from, table }: Change, { statements }: World): StatementFacts | undefined {
  const names = [table, from, id];
  const code = statements.filter(({ statement }) => runsCode(statement.kind));
  const among = (locks: readonly Lock[]) =>
    locks.some(({ relation, mode }) => mode === 'AccessExclusiveLock' && names.includes(relation));
  return (
    code.findLast(({ observation }) => among(observation.locks)) ??
    code.findLast(({ observation }) => among(observation.held))
  );
}

function problem({ action, kind, id, from, table }: Change, { statement }: StatementFacts): Problem {
  const what = `the ${kind} ${from ?? id}`;
  const { migration, path, line } = statement;
  return {
    message:
      action === 'renamed'
        ? `The code that this runs renames ${what} to ${id}: running code that names it fails.`
        : `The code that this runs drops ${what}${kind === 'view' ? '' : ' with its data'}: running code that names it fails.`,
    relations: [table ?? from ?? id],
    place: { migration, path, line },
  };
}
