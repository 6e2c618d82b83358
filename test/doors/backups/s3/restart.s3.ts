import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../../../../src/postgres/connect.ts';
import { urlOf } from '../../../../src/postgres/url.ts';
import { loadProvider } from '../../../../src/servers/index.ts';
import { runProgram } from '../../../support/program.ts';
import { s3Servers } from '../../../support/stores.ts';
import { needsClients, server as usual } from '../scene.ts';
import { assertClear, assertEmpty, bulk, place } from './scene.ts';

const { signal } = new AbortController();
const progress = { step: () => {} };

for (const server of s3Servers)
  test(`the database’s server ends in the middle: ${server.name}`, needsClients, async (test) => {
    const embedded = await loadProvider('embedded');
    const own = await embedded.open({ major: usual.major, signal, progress });
    let there = true;
    const stop = async () => {
      if (there) await own[Symbol.asyncDispose]();
      there = false;
    };
    test.after(stop);
    const session = await connect(own.address);
    await session.send(bulk);
    await session[Symbol.asyncDispose]();
    const { store, env } = await place(test, server, ({ operation, part }) => {
      if (operation === 'UploadPart' && part === 2) void stop();
      return operation === 'UploadPart' ? { delay: 300 } : undefined;
    });
    const rest = { LOCKKEEPER_URL: urlOf(own.address) };
    const { status, stderr } = await runProgram(['backup', '--compression', 'none'], { env: { ...env, ...rest } });
    assertClear(stderr);
    assert.match(stderr, /The backup failed, and nothing of it is left: /);
    assert.equal(status, 8);
    await assertEmpty({ store });
  });
