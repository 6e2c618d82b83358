// Runs the tests of stores against real S3 servers that others wrote: `node scripts/stores.ts [FILE …]`. Installs them
// with Go where they are missing, starts them on free ports with empty folders, and ends them whatever happens.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob } from 'node:fs/promises';
import { administrator, serverNames, startServer } from '../test/support/s3-servers.ts';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort(new Error(name)));

const named = process.argv.slice(2);
const files = named.length > 0 ? named : (await Array.fromAsync(glob('test/stores/**/*.{test,s3}.ts'))).sort();

await using running = new AsyncDisposableStack();
const servers = await Promise.all(serverNames.map(async (name) => running.use(await startServer(name))));
const tests = spawn(process.execPath, ['scripts/test.ts', ...files], {
  env: {
    ...process.env,
    AWS_ACCESS_KEY_ID: administrator.key,
    AWS_SECRET_ACCESS_KEY: administrator.secret,
    AWS_EC2_METADATA_DISABLED: 'true',
    LOCKKEEPER_TEST_STORES: JSON.stringify(servers.map(({ name, endpoint }) => ({ name, endpoint }))),
    // none of them needs PostgreSQL
    LOCKKEEPER_TEST_SERVERS: '[]',
  },
  stdio: 'inherit',
});
controller.signal.addEventListener('abort', () => tests.kill('SIGTERM'));
const [code] = await once(tests, 'close');
process.exitCode = code ?? 1;
