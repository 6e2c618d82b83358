import type { Connection } from '../../src/postgres/connect.ts';
import { type SeedResult, seed } from '../../src/postgres/seed/seed.ts';
import { freshSession, type TestServer } from '../support/postgres.ts';

export interface Seeded extends AsyncDisposable {
  readonly session: Connection;
  readonly result: SeedResult;
  /** Rows of a query as texts, joined by `|`; NULL is `-`. */
  lines(sql: string): Promise<string[]>;
}

/** A database with this schema and seeded rows; dropped when disposed. */
export async function seeded(server: TestServer, schema: string, rows = 3): Promise<Seeded> {
  const session = await freshSession(server, schema);
  return {
    session,
    result: await seed(session, { rows }),
    async lines(sql) {
      const found = await session.query<Record<string, unknown>>(sql);
      return found.map((row) =>
        Object.values(row)
          .map((value) => (value === null ? '-' : String(value)))
          .join('|'),
      );
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
