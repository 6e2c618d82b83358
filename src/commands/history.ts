import { readable } from '../jobs/plan/records.ts';
import { exitCodes } from '../model/error.ts';
import { connect } from '../postgres/connect.ts';
import { findJournal } from '../postgres/journal.ts';
import { identify } from '../postgres/target.ts';
import { historyPage } from '../reports/migrate/history.ts';
import { version } from '../version.ts';
import type { Door } from './door.ts';
import { publishPage } from './publish.ts';
import { schemaNamed } from './table.ts';
import { targetOf } from './target.ts';

/** Tells what Lockkeeper applied to a target. */
export async function run(door: Door): Promise<number> {
  const address = await targetOf(door);
  const schema = await schemaNamed(door.settings, address);
  await using session = await connect(address, door.signal);
  const target = await identify(session);
  const found = await readable(() => findJournal(session, schema));
  const rows = found ?? [];
  const where = schema === undefined ? 'in no schema of the search_path' : `not in the schema ${schema}`;
  const missing = `Lockkeeper has applied nothing there: its table lockkeeper_history is ${where}.`;
  const report = { version: 1, lockkeeper: version, command: 'history', outcome: 'passed', target, rows } as const;
  await publishPage(door, report, historyPage(target, rows, found ? undefined : missing));
  return exitCodes.done;
}
