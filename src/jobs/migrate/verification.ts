import type { Verification } from '../../model/migrate-report.ts';
import type { Change, Snapshot } from '../../model/schema.ts';
import { type InvalidIndex, invalidIndexes } from '../../postgres/apply/leftovers.ts';
import type { Connection } from '../../postgres/connect.ts';
import { diffSnapshots } from '../../postgres/diff.ts';
import { ownTables, schemaOf } from '../../postgres/target.ts';
import type { PlanInput } from '../plan/input.ts';
import { recordsOf } from '../plan/records.ts';
import type { Planning } from '../plan.ts';

/** Whether a target has changed as planned, and nothing else, and its tool has nothing to do. */
export async function verification(
  session: Connection,
  input: Pick<PlanInput, 'tool' | 'head' | 'baseline' | 'upTo'>,
  planning: Planning,
): Promise<Verification> {
  const { ledger } = input.tool;
  const after = await schemaOf(session, ownTables(ledger, planning.standing.schema));
  const unexpected = otherChanges(planning.changes, diffSnapshots(planning.before, after));
  const invalid = (await newInvalid(session, planning.before)).map(({ schema, name }) => `${schema}.${name}`);
  const { agenda } = await recordsOf(session, input);
  const pending = agenda.pending.map(({ id }) => id);
  const good = unexpected.length + invalid.length + pending.length === 0;
  return {
    outcome: good ? 'passed' : 'failed',
    ...{ fingerprint: after.fingerprint, unexpected, invalidIndexes: invalid, pending },
  };
}

/** Invalid indexes that were not before: what others have left was there, and was accepted as drift. */
export async function newInvalid(session: Connection, { objects }: Pick<Snapshot, 'objects'>): Promise<InvalidIndex[]> {
  const old = new Set(objects.filter((each) => each.kind === 'index' && !each.valid).map(({ id }) => id));
  return (await invalidIndexes(session)).filter(({ schema, name }) => !old.has(`${schema}.${name}`));
}

/** Those of either list that the other has not: what was not planned, and what was and did not happen. */
export function otherChanges(planned: readonly Change[], made: readonly Change[]): Change[] {
  const text = (change: Change) => JSON.stringify(change);
  const [wanted, done] = [new Set(planned.map(text)), new Set(made.map(text))];
  return [
    ...made.filter((change) => !wanted.has(text(change))),
    ...planned.filter((change) => !done.has(text(change))),
  ];
}
