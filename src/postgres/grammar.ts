import { setFlagsFromString } from 'node:v8';

/** PostgreSQL's own parser; everything here has it from this file. */
export {
  hasSqlDetails,
  loadModule,
  parsePlPgSQLSync,
  parseSync,
  type RawStmt,
  type ScanToken,
  scanSync,
} from 'libpg-query';

/**
 * Its grammar is one function of 100 KB of WebAssembly: optimizing it takes V8 a second of processor time and 600 MB, which
 * pays off only in runs of tens of thousands of statements. So it stays as V8's baseline compiler makes it.
 */
for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
