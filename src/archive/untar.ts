import { basename, join } from 'node:path';
import { writeTemporary } from './folder.ts';
import { members } from './tar.ts';

/**
 * Writes the files in a tar into a folder, under their last names: what stands before them is that of the folder they
 * were packed from. Throws for a tar that is damaged or ends early, and for a name that is there twice.
 */
export async function untarred(tar: AsyncIterable<Uint8Array>, folder: string): Promise<void> {
  for await (const { name, content } of members(tar)) await writeTemporary(join(folder, basename(name)), content);
}
