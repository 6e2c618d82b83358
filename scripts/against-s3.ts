import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob } from 'node:fs/promises';
import { administrator, serverNames, startServer } from '../test/support/s3-servers.ts';

/**
 * Runs test files against real S3 servers that others wrote: installs them with Go where they are missing, starts them on
 * free ports with empty folders, and ends them whatever happens. Resolves to the exit code.
 *
 * @param pattern which files, where the command line names none
 */
export async function testAgainstS3(pattern: string, env: NodeJS.ProcessEnv = {}): Promise<number> {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort(new Error(name)));
  const named = process.argv.slice(2);
  const files = named.length > 0 ? named : (await Array.fromAsync(glob(pattern))).sort();
  await using running = new AsyncDisposableStack();
  const servers = await Promise.all(serverNames.map(async (name) => running.use(await startServer(name))));
  const tests = spawn(process.execPath, ['scripts/test.ts', ...files], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: administrator.key,
      AWS_SECRET_ACCESS_KEY: administrator.secret,
      AWS_EC2_METADATA_DISABLED: 'true',
      LOCKKEEPER_TEST_STORES: JSON.stringify(servers.map(({ name, endpoint }) => ({ name, endpoint }))),
      ...env,
    },
    stdio: 'inherit',
  });
  controller.signal.addEventListener('abort', () => tests.kill('SIGTERM'));
  const [code] = await once(tests, 'close');
  return code ?? 1;
}
