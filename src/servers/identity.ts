import { readFile } from 'node:fs/promises';
import { KnownError } from '../model/error.ts';

/**
 * The user that runs PostgreSQL, as it refuses root: `postgres` where there is one, else `nobody`. Undefined where we
 * are not root and can run it ourselves.
 */
export async function identityFor(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const name of ['postgres', 'nobody']) {
    const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(users) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new KnownError('PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it.', {
    reason: 'unreachable',
    help: 'Run Lockkeeper as another user, or give it a server with `server: existing`.',
  });
}
