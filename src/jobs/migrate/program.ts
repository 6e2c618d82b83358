import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { fileFault, KnownError } from '../../model/error.ts';
import type { Witness } from '../../model/witness.ts';

const run = promisify(execFile);

/** A migration tool's own program on this machine. */
export interface Program {
  readonly path: string;
  readonly version: string;
}

/** Milliseconds in which a program must say its version. */
const patience = 10_000;

/**
 * Finds the program: the one that is named, by itself or by its folder, else the first on the PATH, where that does not
 * depend on where one stands. Returns why there is none, as the end of a sentence; throws `KnownError` where one is named.
 */
export async function findProgram(witness: Witness, named?: string): Promise<Program | string> {
  if (named !== undefined) return programNamed(witness, named);
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const path = join(folder, witness.program);
    if (!(await isProgram(path))) continue;
    const version = await versionOf(witness, path);
    return version === undefined ? `${path} is another program of that name` : { path, version };
  }
  return `there is no ${witness.program} on the PATH`;
}

async function programNamed(witness: Witness, named: string): Promise<Program> {
  const refusal = (why: string, cause?: unknown) =>
    new KnownError(`\`tool-bin\`: ${named} cannot be used: ${why}.`, {
      help: `Name ${witness.program}, or the folder that it lies in.`,
      cause,
    });
  const found = await stat(named).catch((cause: NodeJS.ErrnoException) => {
    throw refusal(fileFault(cause), cause);
  });
  const path = found.isDirectory() ? join(named, witness.program) : named;
  if (!(await isProgram(path))) throw refusal(`there is no ${witness.program} in it that can be started`);
  const version = await versionOf(witness, path);
  if (version === undefined) throw refusal(`it does not say that it is ${witness.program}`);
  return { path, version };
}

async function isProgram(path: string): Promise<boolean> {
  const isFile = (await stat(path).catch(() => undefined))?.isFile() === true;
  return (
    isFile &&
    access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
  );
}

async function versionOf(witness: Witness, path: string): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(path, [...witness.versionWords], { timeout: patience });
    return witness.version(`${stdout}\n${stderr}`);
  } catch {
    return undefined; // it does not start, or does not know these words
  }
}
