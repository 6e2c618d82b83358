import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { CheckReport } from '../../src/model/report.ts';
import type { Snapshot } from '../../src/model/schema.ts';
import type { Server } from '../../src/model/server.ts';
import { connect } from '../../src/postgres/connect.ts';
import { createScratch } from '../../src/postgres/scratch.ts';
import { canonical } from '../../src/postgres/snapshot/canonical.ts';
import { takeSnapshot } from '../../src/postgres/snapshot/snapshot.ts';
import { loadProvider } from '../../src/servers/index.ts';
import { newest, servers } from '../support/postgres.ts';
import { program } from '../support/program.ts';
import { programsOf } from './own.ts';

/** Majors to have besides those of the run, as embedded servers: `13,14,16,17`. */
const more = (process.env.LOCKKEEPER_TEST_MAJORS ?? '').split(',').filter(Boolean).map(Number);

const { signal } = new AbortController();
const progress = { step: () => {} };
const schema = await readFile(new URL('./rich-schema.sql', import.meta.url), 'utf8');

async function snapshotOn(server: Server): Promise<Snapshot> {
  await using scratch = await createScratch(server, { signal });
  await using session = await connect(scratch.address);
  await session.send(schema);
  return await takeSnapshot(session);
}

/** The objects as they are compared, to see which one differs. */
async function objectsOf(snapshot: Snapshot): Promise<Map<string, string>> {
  const entries = snapshot.objects.map(
    async (each) => [`${each.kind} ${each.id}`, JSON.stringify(await canonical(each))] as const,
  );
  return new Map(await Promise.all(entries));
}

test('equal schemas have equal fingerprints on every major and every kind of server', async (context) => {
  let first: Snapshot | undefined;
  const compare = async (label: string, server: Server) => {
    const snapshot = await snapshotOn(server);
    first ??= snapshot;
    assert.deepEqual(await objectsOf(snapshot), await objectsOf(first), label);
    assert.equal(snapshot.fingerprint, first.fingerprint, label);
    context.diagnostic(`${label} ${server.version}: ${snapshot.objects.length} objects`);
  };
  for (const { major, address } of servers) {
    const nothing = async () => {};
    const shared = { major, address, lent: true, log: async () => '', [Symbol.asyncDispose]: nothing };
    await compare('existing', { ...shared, kind: 'existing', version: `${major}` });
  }
  for (const major of more) {
    await using server = await (await loadProvider('embedded')).open({ major, signal, progress });
    await compare('embedded', server);
  }
  await using installed = await (await loadProvider('auto')).open({ signal, progress });
  await compare('auto', installed);
});

test('and so has the example, as its report says', async () => {
  const prints = new Set<string>();
  for (const server of servers) {
    const { host, port, user } = server.address;
    const env = {
      PATH: `${await programsOf(server)}:${process.env.PATH}`,
      HOME: process.env.HOME,
      LOCKKEEPER_SERVER_URL: `postgresql://${user}@/postgres?host=${encodeURIComponent(host)}&port=${port}`,
    };
    for (const kind of server === newest ? ['existing', 'binaries'] : ['existing']) {
      const args = ['check', '--working-directory', 'examples/shop', '--applied-through', '4', '--report-json', '-'];
      const wanted = ['--server', kind, '--postgres', `${server.major}`];
      const { stdout, stderr } = spawnSync(process.execPath, [program, ...args, ...wanted], {
        env,
        encoding: 'utf8',
      });
      assert.ok(stdout, stderr);
      const { fingerprints } = JSON.parse(stdout) as CheckReport;
      prints.add(JSON.stringify(fingerprints));
    }
  }
  assert.equal(prints.size, 1);
});
