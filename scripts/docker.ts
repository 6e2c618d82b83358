// Runs the tests that need Docker: `node scripts/docker.ts [FILE …]`. Starts an engine where none runs (as root; installed
// from Debian's packages where it is missing), gives it the image postgres:17, and ends what it started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob } from 'node:fs/promises';
import { startEngine } from './docker/engine.ts';
import { provideImage } from './docker/image.ts';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => controller.abort(new Error(name)));

const named = process.argv.slice(2);
const files = named.length > 0 ? named : (await Array.fromAsync(glob('test/docker/*.docker.ts'))).sort();

await using engine = await startEngine();
await provideImage(engine, 17);
const tests = spawn(process.execPath, ['scripts/test.ts', ...files], {
  env: {
    ...process.env,
    DOCKER_HOST: engine.host,
    LOCKKEEPER_TEST_MAJORS: '17',
    LOCKKEEPER_TEST_BACKUPS_ON: '17',
    LOCKKEEPER_TEST_CLIENTS: 'docker',
  },
  stdio: 'inherit',
});
controller.signal.addEventListener('abort', () => tests.kill('SIGTERM'));
const [code] = await once(tests, 'close');
process.exitCode = code ?? 1;
