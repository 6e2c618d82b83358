import type { Contents, Counts } from './backup.ts';

/** What a database holds, in numbers. */
export function countsOf({ tables, sequences, extensions, largeObjects, fingerprint }: Contents): Counts {
  const exact = tables.every(({ rows, estimated }) => rows !== undefined && !estimated);
  return {
    tables: tables.length,
    ...(exact && { rows: tables.reduce((sum, { rows = 0 }) => sum + rows, 0) }),
    ...{ sequences: sequences.length, extensions: extensions.length, largeObjects, fingerprint },
  };
}
