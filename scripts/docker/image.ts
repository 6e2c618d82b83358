import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { suites } from '../clients.ts';
import { unpack } from '../debian.ts';
import type { Engine } from './engine.ts';

const run = promisify(execFile);

/** As in the official image. */
const path = (major: number) =>
  `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/${major}/bin`;

/**
 * Gives an engine the image `postgres:MAJOR` where it has none: the official one; one that we started gets the server and the
 * client programs of that major from Debian's packages, of which the official one is made, too.
 */
export async function provideImage({ host, isOurs }: Engine, major: number): Promise<void> {
  const image = `postgres:${major}`;
  if (await run('docker', ['--host', host, 'image', 'inspect', image]).catch(() => undefined)) return;
  if (!isOurs) return void (await run('docker', ['--host', host, 'pull', '--quiet', image]));
  const suite = suites[major];
  if (!suite) throw new Error(`No release of Debian is known for PostgreSQL ${major}.`);
  console.error(`Making the image ${image} (Debian ${suite}) …`);
  const work = await mkdtemp(join(tmpdir(), 'image-'));
  try {
    const root = join(work, 'root');
    await unpack(suite, [`postgresql-${major}`, ...base], root, work);
    await addUsers(root);
    await importRoot(host, root, image, major);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What the official image has of Debian besides. */
const base = ['base-files', 'base-passwd', 'bash', 'coreutils', 'dash', 'findutils', 'grep', 'sed'];

/** As the official image numbers them. */
async function addUsers(root: string): Promise<void> {
  for (const name of ['passwd', 'group'])
    await copyFile(join(root, `usr/share/base-passwd/${name}.master`), join(root, 'etc', name));
  await appendFile(join(root, 'etc/passwd'), 'postgres:x:999:999::/var/lib/postgresql:/bin/bash\n');
  await appendFile(join(root, 'etc/group'), 'postgres:x:999:\n');
}

async function importRoot(host: string, root: string, image: string, major: number): Promise<void> {
  const tar = spawn('tar', ['-C', root, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const words = ['--host', host, 'import', '--change', `ENV PATH=${path(major)}`, '-', image];
  const importing = spawn('docker', words, { stdio: [tar.stdout, 'ignore', 'inherit'] });
  const [[packed], [imported]] = await Promise.all([once(tar, 'exit'), once(importing, 'exit')]);
  if (packed !== 0 || imported !== 0) throw new Error(`${image} could not be made.`);
}
