import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Finding } from '../../src/model/finding.ts';
import type { Snapshot } from '../../src/model/schema.ts';
import { newest, oldest, type TestServer } from '../support/postgres.ts';
import { type Played, play, substituted } from './rehearsal.ts';
import { readScenes, rulesWithScenes, type Scene } from './scenes.ts';

/** Rules whose examples alone are run, with commas between them. */
const only = process.env.LOCKKEEPER_TEST_RULE?.split(',');

const examples = await Promise.all(
  (await rulesWithScenes())
    .filter((rule) => only === undefined || only.includes(rule))
    .map(async (rule) => ({ rule, scenes: await readScenes(rule) })),
);

suite('examples of rules', { concurrency: 4 }, () => {
  for (const { rule, scenes } of examples) {
    for (const scene of scenes) {
      for (const server of new Set([oldest, newest])) {
        if (server.major < scene.majors[0] || server.major > scene.majors[1]) continue;
        test(`${rule}: ${scene.title} (PostgreSQL ${server.major})`, () => proves(rule, scene, server));
      }
    }
  }
});

/** A scene yields the findings that it names; what is suggested ends in the same schema without the finding. */
async function proves(rule: string, scene: Scene, server: TestServer): Promise<void> {
  const played = await play(scene, server);
  assert.deepEqual(
    played.findings
      .filter((each) => each.status === 'open' && (each.severity !== 'notice' || each.rule === rule))
      .map(label)
      .sort(),
    scene.expected.map((each) => `${each.rule}@${each.migration}:${each.line}`).sort(),
    describe(played),
  );
  const told = played.findings.map(wordsOf).join('\n');
  for (const words of scene.says) assert.ok(told.includes(words), `nothing says "${words}":\n${told}`);
  for (const words of scene.unsaid) assert.ok(!told.includes(words), `something says "${words}":\n${told}`);
  for (const finding of played.findings) if (finding.rule === rule) await trySuggestion(scene, server, played, finding);
}

async function trySuggestion(scene: Scene, server: TestServer, played: Played, finding: Finding): Promise<void> {
  const suggested = finding.instead?.migrations;
  if (!suggested) return;
  const facts = played.rehearsal.statements.find(
    ({ statement }) => statement.path === finding.path && statement.line === finding.line,
  );
  assert.ok(facts, 'a suggestion belongs to a statement');
  const again = await play(scene, server, substituted(scene.pending, facts.statement, suggested));
  const sql = suggested.map((each) => each.sql).join('\n--\n');
  const failed = again.rehearsal.statements.find(({ observation }) => observation.error);
  assert.equal(failed?.observation.error?.message, undefined, `the suggestion fails:\n${sql}`);
  assert.deepEqual(
    again.findings.filter((each) => each.rule === finding.rule).map(label),
    [],
    `found again in\n${sql}`,
  );
  if (played.rehearsal.statements.some(({ observation }) => observation.error ?? observation.errorOnRows)) return;
  const [wanted, got] = [played, again].map(({ rehearsal }) => rehearsal.after);
  if (wanted?.fingerprint !== got?.fingerprint)
    assert.deepEqual(withoutOids(got), withoutOids(wanted), `another schema after\n${sql}`);
}

const withoutOids = (snapshot: Snapshot | undefined) => snapshot?.objects.map(({ oid, ...rest }) => rest);

/** All that a finding tells its reader. */
function wordsOf({ message, instead }: Finding): string {
  return [message, instead?.text, ...(instead?.migrations ?? []).map(({ sql }) => sql)].filter(Boolean).join('\n');
}

const label = ({ rule, migration, line }: Finding) => `${rule}@${migration}:${line}`;

/** What one needs to see to mend an example. */
function describe({ findings, rehearsal }: Played): string {
  const told = findings.map((each) => `${label(each)} ${each.severity} ${each.status}: ${each.message}`);
  const seen = rehearsal.statements.map(({ observation: { line, locks, scanned, rewritten, error } }) =>
    JSON.stringify({
      line,
      locks: locks.map(({ relation, mode }) => `${relation} ${mode}`),
      scanned,
      rewritten,
      error: error?.message,
    }),
  );
  return ['findings:', ...told, 'observed:', ...seen].join('\n');
}
