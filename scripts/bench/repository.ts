import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../../src/model/server.ts';
import { urlFor } from './server.ts';

/** Of a run that nobody watches. */
export const unattended = (folder: string) => ['--working-directory', folder, '--tool', 'sql', '--backup', 'never'];

/** Where it migrates to, and where it rehearses. */
export function environment(server: Server, database: string): NodeJS.ProcessEnv {
  return {
    ...{ LOCKKEEPER_URL: urlFor(server, database), LOCKKEEPER_SERVER: 'existing' },
    LOCKKEEPER_SERVER_URL: urlFor(server, 'postgres'),
  };
}

/** A folder with these migrations. */
export async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-bench-'));
  await mkdir(join(folder, 'migrations'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'migrations', name), text);
  return folder;
}
