import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentsOf } from '../../../src/postgres/dump/contents.ts';
import { exportSnapshot } from '../../../src/postgres/dump/exported.ts';
import { freshSession, servers } from '../../support/postgres.ts';

const tables = `DO $$ BEGIN FOR n IN 1..250 LOOP
  EXECUTE format('CREATE TABLE %I (id) AS SELECT generate_series(1, %s)', 'Table ' || to_char(n, 'FM000'), n);
END LOOP; END $$`;

for (const server of servers)
  test(`rows of many tables, without keeping a lock on any: PostgreSQL ${server.major}`, async () => {
    await using database = await freshSession(server, tables);
    await using snapshot = await exportSnapshot(database.address, new AbortController().signal);
    await database.send('INSERT INTO "Table 250" VALUES (0)'); // not in the snapshot
    const contents = await contentsOf(snapshot.session, 'exact');
    const counted = contents.tables.map(({ rows }) => rows);
    assert.deepEqual(
      counted,
      Array.from({ length: 250 }, (_, index) => index + 1),
    );
    const locked = await database.query(
      "SELECT relation::regclass FROM pg_locks WHERE pid = $1 AND relation::regclass::text LIKE '%Table%'",
      [snapshot.session.pid],
    );
    assert.deepEqual(locked, []);
  });
