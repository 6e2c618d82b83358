import type { AppliedStatement, Failure, Recovery } from '../../../model/migrate-report.ts';
import type { Migration } from '../../../model/migration.ts';
import type { Change } from '../../../model/schema.ts';
import { unitsToApply } from '../../../postgres/apply/apply.ts';
import { commitUnit, type Hands } from '../../../postgres/apply/attempt.ts';
import { writeAlone } from '../../../postgres/apply/books.ts';
import { countsByMessage } from '../../../postgres/apply/limits.ts';
import type { Unit } from '../../../postgres/apply/units.ts';
import { type Connection, connect } from '../../../postgres/connect.ts';
import { diffSnapshots } from '../../../postgres/diff.ts';
import { type Recorded, readJournal, revertEntry } from '../../../postgres/journal.ts';
import { freshSession } from '../../../postgres/replay.ts';
import { ownTables, schemaOf } from '../../../postgres/target.ts';
import type { Planning } from '../../plan.ts';
import { appliedStatement } from '../apply-all.ts';
import type { MigrateInput } from '../input.ts';
import { otherChanges } from '../verification.ts';
import { heldIn, looking } from './holding.ts';
import type { Made } from './storage.ts';
import type { WayBack } from './way-back.ts';

/** A run that failed on its target, and still holds its locks. */
export interface Failed {
  readonly session: Connection;
  readonly input: MigrateInput;
  readonly planning: Planning;
  readonly failure: Failure;
}

type TakenBack = Pick<Recovery, 'outcome' | 'reason' | 'statements' | 'fingerprint'>;

/**
 * Runs the way back of a migration of which a part is committed, where it was tried from there and nothing is lost by it.
 * What is committed before it fails is told in any case.
 */
export async function takeBack(failed: Failed, way: WayBack): Promise<TakenBack> {
  const { session, planning, input, failure } = failed;
  const trial = way.from(failure.done);
  if (typeof trial === 'string') return refused(trial);
  await session.send(freshSession);
  const row = await begunRow(session, planning, failure.migration);
  if (!row) return refused('nothing of it is committed, and nothing is to be taken back');
  const other = otherChanges(trial.changes, await changesSince(session, failed));
  if (other.length > 0) return refused(`the target has changed otherwise, too: ${textOf(other)}`);
  const units = failure.done === 0 ? [] : await unitsToApply(way.migration, way.migration.down);
  const statements: AppliedStatement[] = [];
  try {
    await using looker = await connect(input.target);
    const { applying: limits, signal, progress } = input;
    const about = { limits, countsByMessage: await countsByMessage(session) };
    const hands = { session, looker, ...about, own: new Set<string>(), signal, progress };
    await walk(units, hands, { failed, row, migration: way.migration, made: trial.made, statements });
  } catch (error) {
    const held = heldIn(error);
    const outcome = held !== undefined && statements.length === 0 ? 'refused' : 'failed';
    return { outcome, reason: sentence(held ?? (error as Error).message), statements };
  }
  return judged(await schemaNow(session, failed), failed, statements);
}

function refused(why: string): TakenBack {
  return { outcome: 'refused', reason: sentence(why) };
}

/** What is written of a way back, at its end. */
interface Walk {
  readonly failed: Failed;
  readonly row: Recorded;
  readonly migration: Migration;
  readonly made: readonly Made[];
  /** Gets what is committed. */
  readonly statements: AppliedStatement[];
}

async function walk(
  units: readonly Unit[],
  hands: Hands,
  { failed, row, migration, made, statements }: Walk,
): Promise<void> {
  const { input, planning } = failed;
  const { schema } = planning.standing;
  const previous = planning.agenda.applied.at(-1)?.id;
  const books = [...input.tool.ledger.revert(migration, previous, schema), revertEntry(schema, row.id)];
  const lastOne = units.at(-1);
  const within = lastOne?.transaction && lastOne.end === 'COMMIT';
  for (const unit of units) {
    hands.progress.step(`taking ${migration.name} back`);
    const looked = await looking(hands.session, unit, made, hands.limits.lockTimeout);
    const { ran } = await commitUnit(looked, hands, within && unit === lastOne ? books : []);
    statements.push(...ran.map(appliedStatement));
  }
  if (within) return;
  await writeAlone(hands.session, hands.limits, async () => {
    for (const { sql, values } of books) await hands.session.query(sql, values);
  });
}

function judged(
  now: Awaited<ReturnType<typeof schemaNow>>,
  { planning }: Failed,
  statements: AppliedStatement[],
): TakenBack {
  const told = { statements, fingerprint: now.fingerprint };
  if (now.fingerprint === planning.before.fingerprint) return { ...told, outcome: 'done' };
  const reason = `The down migration was run, and the schema is not what it was: ${textOf(diffSnapshots(planning.before, now))}.`;
  return { ...told, outcome: 'failed', reason };
}

/** The row of this migration, where it was begun. */
async function begunRow(session: Connection, { standing }: Planning, migration: string): Promise<Recorded | undefined> {
  const row = (await readJournal(session, standing.schema)).findLast((each) => each.migration === migration);
  return row?.status === 'started' ? row : undefined;
}

async function changesSince(session: Connection, failed: Failed): Promise<Change[]> {
  return diffSnapshots(failed.planning.before, await schemaNow(session, failed));
}

function schemaNow(session: Connection, { input, planning }: Failed) {
  return schemaOf(session, ownTables(input.tool.ledger, planning.standing.schema));
}

function textOf(changes: readonly Change[]): string {
  return changes
    .slice(0, 3)
    .map(({ kind, id, action }) => `the ${kind} ${id} is ${action}`)
    .join(', ');
}

/** Names and files are left as they are. */
function sentence(text: string): string {
  const begun = text.replace(/^[a-z]+(?=[ ,])/, (word) => word.replace(/^./, (letter) => letter.toUpperCase()));
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
