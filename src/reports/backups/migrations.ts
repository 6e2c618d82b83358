import type { MigrationState } from '../../model/backup.ts';

/** Where a migration tool stands: `goose is at 42 (public.goose_db_version)`. */
export function migrationsText({ tool, table, latest, unfinished }: MigrationState): string {
  const open = unfinished ? `, with ${unfinished} that failed or did not finish` : '';
  return `${tool} is at ${latest ?? 'no migration'}${open} (${table})`;
}
