import type { MigrationState } from '../../model/backup.ts';
import type { Fact } from '../page.ts';

/** Where the migration tools stand: `goose is at 42 (public.goose_db_version)`. */
export function migrationFacts(states: readonly MigrationState[] = []): Fact[] {
  return states.map((state) => ({ label: 'migrations', value: migrationsText(state) }));
}

function migrationsText({ tool, table, latest, unfinished }: MigrationState): string {
  const open = unfinished ? `, with ${unfinished} that failed or did not finish` : '';
  return `${tool} is at ${latest ?? 'no migration'}${open} (${table})`;
}
