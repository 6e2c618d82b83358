/** How each migration tool is told to run a file outside a transaction. */
const outside: Readonly<Record<string, string>> = {
  'golang-migrate': 'golang-migrate sends a file as one message: the statement must be the only one of its file.',
  goose: 'Begin the file with `-- +goose NO TRANSACTION`.',
  dbmate: 'Begin it with `-- migrate:up transaction:false`.',
  atlas: 'Begin the file with `-- atlas:txmode none`.',
  flyway: 'Set `executeInTransaction=false` in the file’s `.conf`.',
  sqlx: 'Begin the file with `-- no-transaction`.',
  diesel: 'Put `run_in_transaction = false` into its `metadata.toml`.',
  sql: 'Give it a file of its own, and run that outside a transaction.',
};

/** A sentence: how to run a migration outside a transaction with this tool. */
export function runOutside(tool: string | undefined): string {
  return outside[tool ?? 'sql'] ?? 'Give it a migration of its own that your tool runs outside a transaction.';
}
