import type { Ledger, Session, Standing } from '../../model/ledger.ts';
import { createJournal, journalTable, readJournal } from '../../postgres/journal.ts';
import { agendaOf } from '../reading/agenda.ts';
import { tableIn } from '../reading/table.ts';

/** A plain folder has no table of its own: Lockkeeper's says what is applied. */
export const ledger: Ledger = {
  tables: [],
  rights: [],
  columns: [],
  whenOutOfOrder: 'has nothing that decides about them',
  remedy: `take back by hand what of it is there, and delete its row in ${journalTable}`,
  read,
  agenda: agendaOf,
  locks: async () => [],
  create: createJournal,
  begin: () => [],
  record: () => [],
  revert: () => [],
};

async function read(session: Session): Promise<Standing> {
  const found = await tableIn(session, { name: journalTable }, ['tool', 'migration', 'status']);
  if (!found.exists) return { ...found, applied: [] };
  const rows = await readJournal(session, found.schema);
  const last = new Map(rows.filter(({ tool }) => tool === 'sql').map((row) => [row.migration, row.status]));
  const applied = [...last].filter(([, status]) => status === 'applied' || status === 'baseline').map(([id]) => id);
  return { ...found, applied };
}
