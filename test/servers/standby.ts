import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Address } from '../../src/model/server.ts';
import { connect } from '../../src/postgres/connect.ts';
import { identityFor } from '../../src/servers/identity.ts';
import type { TestServer } from '../support/postgres.ts';
import { programsOf } from './own.ts';

/** A server in recovery, as a standby whose primary is away. */
export async function standby(like: TestServer): Promise<AsyncDisposable & { address: Address }> {
  const [programs, identity] = [await programsOf(like), await identityFor()];
  const folder = await mkdtemp('/tmp/lk-standby-');
  if (identity) await chown(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const as = { ...identity, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  await promisify(execFile)(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], as);
  await writeFile(join(data, 'standby.signal'), '');
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`].flatMap((each) => ['-c', each]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings], { ...as, stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const address = { host: folder, port: 5432, user: 'postgres', database: 'postgres' };
  const stop = async () => {
    server.kill('SIGQUIT');
    await ended;
    await rm(folder, { recursive: true });
  };
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      await (await connect(address))[Symbol.asyncDispose]();
      return { address, [Symbol.asyncDispose]: stop };
    } catch {
      await sleep(50);
    }
  }
  await stop();
  throw new Error('The standby did not start.');
}
