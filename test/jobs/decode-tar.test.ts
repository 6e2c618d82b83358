import assert from 'node:assert/strict';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { tarred } from '../../src/archive/tar.ts';
import { decodeTar } from '../../src/jobs/backups/decode-tar.ts';
import { dumpFiles } from '../../src/postgres/dump/dump.ts';
import { exportSnapshot } from '../../src/postgres/dump/exported.ts';
import { clients, needsClients, people, server } from '../doors/backups/scene.ts';
import { freshSession } from '../support/postgres.ts';

const signal = new AbortController().signal;

test('a directory in a tar is whole only with every file that it names', needsClients, async (test) => {
  if (!clients) return;
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-decode-'));
  test.after(() => rm(folder, { recursive: true }));
  await using session = await freshSession(server, `${people} SELECT lo_from_bytea(0, 'x'), lo_from_bytea(0, 'y')`);
  await using snapshot = await exportSnapshot(session.address, signal);
  const path = join(folder, 'dump');
  await dumpFiles({ clients, address: session.address, snapshot: snapshot.id, signal }, path, 2);
  const decoded = (first = 'toc.dat') => decodeTar(clients as NonNullable<typeof clients>, tarred(path, first), signal);
  await decoded();
  const names = await readdir(path);
  assert.ok(names.length >= 5, names.join());
  for (const name of names.filter((each) => each !== 'toc.dat')) {
    await rename(join(path, name), join(folder, name));
    await assert.rejects(
      decoded(),
      new RegExp(`${name.replaceAll('.', '\\.')}, which its table of contents names, is not`),
    );
    await rename(join(folder, name), join(path, name));
  }
  await rename(join(path, 'toc.dat'), join(path, 'other.dat'));
  await assert.rejects(decoded('other.dat'), /it has no toc\.dat/);
});
