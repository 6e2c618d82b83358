import { KnownError } from '../model/error.ts';
import type { ServerProvider } from '../model/server.ts';
import { connect } from '../postgres/connect.ts';
import { sweep } from '../postgres/scratch.ts';
import { addressOf } from '../postgres/url.ts';

/** A server that is lent: it is used through databases of our own, which are dropped again. */
export const provider: ServerProvider = {
  kind: 'existing',
  async open({ url, major, signal, progress }) {
    if (!url) {
      throw new KnownError('`server: existing` needs the server’s URL.', {
        help: 'Set `server-url`, best through the environment variable LOCKKEEPER_SERVER_URL.',
      });
    }
    const address = addressOf(url);
    progress.step('connecting to the existing server');
    await using session = await connect(address, signal);
    const [row] = await session.query<{ version: string; number: number; allowed: boolean }>(
      `SELECT pg_catalog.current_setting('server_version') AS version,
              pg_catalog.current_setting('server_version_num')::int AS number, rolcreatedb OR rolsuper AS allowed
         FROM pg_catalog.pg_roles WHERE rolname = current_user`,
    );
    const { version = '', number = 0, allowed = false } = row ?? {};
    const actual = Math.floor(number / 10_000);
    assertUsable(actual, major, allowed, address.user);
    const server = {
      kind: 'existing' as const,
      version: version.split(' ')[0] as string,
      major: actual,
      address,
      lent: true,
      log: async () => '',
      [Symbol.asyncDispose]: async () => {},
    };
    await sweep(server, signal);
    return server;
  },
};

function assertUsable(actual: number, wanted: number | undefined, allowed: boolean, user: string): void {
  if (actual < 12) {
    throw new KnownError(`The server is PostgreSQL ${actual}; Lockkeeper works with 12 to 18.`, {
      reason: 'unreachable',
    });
  }
  if (wanted !== undefined && wanted !== actual) {
    throw new KnownError(`The server is PostgreSQL ${actual}, and \`postgres\` asks for ${wanted}.`, {
      reason: 'unreachable',
      help: 'Give the URL of a server of that major, or leave `postgres` out.',
    });
  }
  if (!allowed) {
    throw new KnownError(`The role ${user} may not create databases.`, {
      reason: 'unreachable',
      help: `Lockkeeper works in databases of its own: ALTER ROLE ${user} CREATEDB.`,
    });
  }
}
