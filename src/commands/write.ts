import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileFault, KnownError } from '../model/error.ts';

/** To a file, whose folders are made where they are missing, or to standard output. */
export async function writeReport(text: string, file: string): Promise<void> {
  if (file === '-') return void process.stdout.write(text);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new KnownError(`The report cannot be written to ${file}: ${fileFault(error as Error)}.`, { cause: error });
  }
}
