import { link, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openFolder, writeTemporary } from '../../archive/folder.ts';
import { members } from '../../archive/tar.ts';
import type { Clients } from '../../postgres/dump/clients.ts';
import { filesNamedIn } from '../../postgres/dump/decode.ts';
import { ProgramFailed } from '../../postgres/dump/program.ts';

/**
 * Reads a dump in directory format, packed as one tar, to its end: every file must be there that its table of contents
 * names. Only that, and the lists of large objects, are written to the disk. Throws `ProgramFailed` where one is missing.
 */
export async function decodeTar(clients: Clients, tar: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  await using folder = await openFolder();
  const path = join(folder.path, 'dump');
  const found = await takeContents(tar, path);
  const named = await filesNamedIn(clients, path, signal);
  const lists = named.map((name) => listOf(name, found)).filter((name) => name.endsWith('.toc') && found.has(name));
  const blobs = await Promise.all(lists.map((list) => blobsIn(join(path, list))));
  const missing = [...named, ...blobs.flat()].find((name) => !found.has(listOf(name, found)));
  if (missing) throw new ProgramFailed(`${missing}, which its table of contents names, is not there`);
}

/**
 * Writes the table of contents of such a tar, without rows, into a new folder; returns the names of all its files. Throws
 * `ProgramFailed` where there is none.
 */
export async function takeContents(tar: AsyncIterable<Uint8Array>, path: string): Promise<ReadonlySet<string>> {
  await mkdir(path, { mode: 0o700 });
  const found = new Set<string>();
  for await (const { name, content } of members(tar)) {
    const own = basename(name);
    found.add(own);
    if (own === 'toc.dat' || own.endsWith('.toc')) await writeTemporary(join(path, own), content);
  }
  if (!found.has('toc.dat')) throw new ProgramFailed('it has no toc.dat, and so is no dump in directory format');
  return found;
}

/**
 * pg_dump 17 and later name a list of large objects `3280.dat` in the contents of a tar, and `blobs_3280.toc` among its
 * files (pg_backup_tar.c, `_StartLOs`).
 */
function listOf(name: string, found: ReadonlySet<string>): string {
  const list = name.replace(/^(\d+)\.dat$/, 'blobs_$1.toc');
  return !found.has(name) && found.has(list) ? list : name;
}

/** Gives such lists the names by which a directory's are looked for. */
export async function nameLists(folder: string): Promise<void> {
  const found = new Set(await readdir(folder));
  for (const list of found) {
    const name = list.replace(/^blobs_(\d+)\.toc$/, '$1.dat');
    if (!found.has(name)) await link(join(folder, list), join(folder, name));
  }
}

/** Lines such as `16400 blob_16400.dat`. */
async function blobsIn(list: string): Promise<string[]> {
  const lines = (await readFile(list, 'utf8')).split('\n').filter(Boolean);
  return lines.map((line) => line.slice(line.indexOf(' ') + 1));
}
