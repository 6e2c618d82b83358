import type { Server } from '../../src/model/server.ts';
import { connect } from '../../src/postgres/connect.ts';
import { launch } from '../../src/servers/launch.ts';
import type { TestServer } from '../support/postgres.ts';

/** The folder of a running server's programs, as it tells itself. */
export async function programsOf({ address }: Pick<TestServer, 'address'>): Promise<string> {
  await using session = await connect(address);
  const [row] = await session.query<{ setting: string }>("SELECT setting FROM pg_config WHERE name = 'BINDIR'");
  return row?.setting ?? '';
}

/** A server of a test's own, from the same programs as a shared one. */
export async function ownServer(like: TestServer): Promise<Server> {
  return launch('binaries', await programsOf(like), like.major, new AbortController().signal);
}
