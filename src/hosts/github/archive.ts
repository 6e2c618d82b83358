import { unzipSync } from 'fflate';
import { KnownError } from '../../model/error.ts';

/** In bytes, unpacked. */
const mostBytes = 1_000_000;

/** The text of the only file that a ZIP archive may hold. Nothing is unpacked to a disk. Throws `KnownError` for every other archive. */
export function onlyFile(archive: Uint8Array, name: string): string {
  const file = unpacked(archive, name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch (error) {
    throw new KnownError(`The stored ${name} is not UTF-8 text.`, { cause: error });
  }
}

function unpacked(archive: Uint8Array, name: string): Uint8Array {
  let entries = 0;
  try {
    const files = unzipSync(archive, {
      filter: (entry) => {
        entries += 1;
        if (entries > 1 || entry.name !== name) throw new KnownError(`The stored artifact is not one file ${name}.`);
        // this many bytes are made room for, and no more are written
        if (entry.originalSize > mostBytes)
          throw new KnownError(`The stored ${name} has more than ${mostBytes} bytes.`);
        return true;
      },
    });
    if (Object.hasOwn(files, name)) return files[name] as Uint8Array;
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new KnownError('The stored artifact is not a ZIP archive that can be read.', { cause: error });
  }
  throw new KnownError(`The stored artifact holds no ${name}.`);
}
