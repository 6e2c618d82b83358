import { KnownError } from '../../model/error.ts';
import type { Agenda, Standing } from '../../model/ledger.ts';
import type { Migration } from '../../model/migration.ts';
import { type Connection, SqlError } from '../../postgres/connect.ts';
import { explain } from '../../postgres/faults.ts';
import { type Recorded, readJournal } from '../../postgres/journal.ts';
import { pendingAfter } from '../pending.ts';
import type { PlanInput } from './input.ts';

/** What is applied to a target, by its own word. */
export interface Records {
  readonly standing: Standing;
  readonly agenda: Agenda;
  readonly journal: readonly Recorded[];
}

/** What the target says is applied; for one that has never said it, what the settings do. */
export async function recordsOf(
  session: Connection,
  { tool, head, baseline, upTo }: Pick<PlanInput, 'tool' | 'head' | 'baseline' | 'upTo'>,
): Promise<Records> {
  const { standing, journal } = await readable(async () => {
    const standing = await tool.ledger.read(session);
    return { standing, journal: await readJournal(session, standing.schema) };
  });
  const agenda =
    standing.exists || baseline === undefined
      ? tool.ledger.agenda(head, standing)
      : { ...pendingAfter(head, baseline), applied: pendingAfter(head, baseline).base.migrations, orphans: [] };
  if (upTo === undefined) return { standing, journal, agenda };
  const wanted = new Set(pendingAfter(head, upTo).base.migrations.map(({ id }) => id));
  return { standing, journal, agenda: { ...agenda, pending: agenda.pending.filter(({ id }) => wanted.has(id)) } };
}

/** Throws `KnownError` where the tables cannot be read. */
export async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    throw new KnownError(`What is applied to the target cannot be read: ${error.message}.`, {
      reason: 'refused',
      help: explain(error.fault) ?? 'Connect as the role that the migration tool connects as. Nothing was touched.',
      cause: error,
    });
  }
}

/** Where Lockkeeper applied them, it knows what they were. */
export function editedSince(journal: readonly Recorded[], applied: readonly Migration[]): string[] {
  const hashes = new Map(journal.map(({ migration, hash }) => [migration, hash]));
  return applied.filter(({ id, hash }) => (hashes.get(id) ?? hash) !== hash).map(({ id }) => id);
}
