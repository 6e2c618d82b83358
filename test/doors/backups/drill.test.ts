import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../../src/jobs/backups/restored.ts';
import type { VerifyReport } from '../../../src/model/backup-report.ts';
import { needsClients, people, scene } from './scene.ts';

const signal = new AbortController().signal;

/** One thing made otherwise than it was backed up, and what is said of it. */
const wrong = {
  'a sequence that stands elsewhere': ["SELECT setval('numbers', 40)", /^public\.numbers stands at 40, not at 41\.$/],
  'a sequence that was never used': [
    "SELECT setval('numbers', 1, false)",
    /^public\.numbers stands at null, not at 41\.$/,
  ],
  'a sequence that was used': ["SELECT nextval('unused')", /^public\.unused stands at 1, not at null\.$/],
  'a constraint that is no more valid': [
    'ALTER TABLE people DROP CONSTRAINT known; ALTER TABLE people ADD CONSTRAINT known CHECK (id > 0) NOT VALID',
    /^The schema is not the one that was backed up/,
  ],
  'a foreign key that is no more valid': [
    `ALTER TABLE pets DROP CONSTRAINT pets_owner_fkey;
     ALTER TABLE pets ADD CONSTRAINT pets_owner_fkey FOREIGN KEY (owner) REFERENCES people NOT VALID`,
    /^The schema is not the one that was backed up/,
  ],
  'a trigger that is turned off': [
    'ALTER TABLE pets DISABLE TRIGGER quiet',
    /^The schema is not the one that was backed up/,
  ],
  'a row less': ['DELETE FROM people WHERE id = 7', /^public\.people has 999 rows, not 1000\.$/],
  'a large object less': ['SELECT lo_unlink(loid) FROM pg_largeobject', /^There are 0 large objects, not 1\.$/],
} as const;

for (const [name, [change, says]] of Object.entries(wrong))
  test(`a drill tells of ${name}`, needsClients, async (test) => {
    const { session, address, backUp } = await scene(
      test,
      `${people} ALTER TABLE people ADD CONSTRAINT known CHECK (id > 0); CREATE TABLE pets (owner bigint REFERENCES people);
       CREATE SEQUENCE numbers; SELECT setval('numbers', 41); CREATE SEQUENCE unused; SELECT lo_from_bytea(0, 'x');
       CREATE TRIGGER quiet BEFORE UPDATE ON pets FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();`,
    );
    const { manifest } = await backUp();
    const problems = async () => (await compare(address, manifest, { assertions: [], signal })).problems;
    assert.deepEqual(await problems(), []);
    await session.send(change);
    const [problem, ...more] = await problems();
    assert.match(problem ?? '', says);
    assert.deepEqual(more, []);
  });

test('amcheck: what a restore brings back damaged', needsClients, async (test) => {
  const { session, report, backUp } = await scene(test, people);
  await session.send(`CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
    CREATE EVENT TRIGGER no ON ddl_command_end WHEN TAG IN ('CREATE EXTENSION') EXECUTE FUNCTION no()`);
  await backUp();
  const { drills } = await report<VerifyReport>(['verify', '--amcheck']);
  assert.deepEqual([drills[0]?.drill.outcome, drills[0]?.drill.checked.at(-1)], ['passed', 'amcheck']);
  // an index over a function that is not as immutable as it says: each session would order the rows otherwise
  await session.send(`CREATE FUNCTION liar(bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 + pg_backend_pid()';
    CREATE INDEX wrong ON people (liar(id))`);
  const { id } = await backUp();
  await report(['verify', '--backup', id]);
  const found = await report<VerifyReport>(['verify', '--backup', id, '--amcheck'], 8);
  assert.match(found.drills[0]?.drill.problems.join() ?? '', /^The index public\.wrong is damaged: heap tuple/);
});
