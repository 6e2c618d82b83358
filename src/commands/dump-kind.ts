import type { Recognised } from '../archive/recognise.ts';
import { KnownError } from '../model/error.ts';
import type { ReadableFormat } from '../postgres/dump/restore.ts';

/** The byte behind magic, version and sizes that says how an archive is written (ReadHead in pg_backup_archiver.c). */
const kinds: Readonly<Record<number, ReadableFormat>> = { 1: 'custom', 3: 'tar', 5: 'directory' };

/** What a file is by its first bytes, unpacked. A directory is one that was packed as a tar. Throws `KnownError`. */
export function formatOf({ head }: Pick<Recognised, 'head'>, path: string): ReadableFormat {
  const place = { path };
  const archive = archiveAt(head, 0);
  if (archive === 'custom') return archive;
  if (archive)
    throw new KnownError(`This is a part of a dump in ${archive} format.`, {
      ...{ place, help: 'Name the folder it is in, or the tar it was unpacked from.' },
    });
  if (head.subarray(257, 262).toString('latin1') === 'ustar')
    return archiveAt(head, 512) === 'tar' ? 'tar' : 'directory';
  if (isSql(head)) return 'plain';
  throw new KnownError(whatElse(head), {
    place,
    help: 'What pg_dump writes is read: SQL, its custom format, its tar, or its directory; also packed by gzip, zstd or age.',
  });
}

function archiveAt(head: Buffer, at: number): ReadableFormat | undefined {
  return head.subarray(at, at + 5).toString('latin1') === 'PGDMP' ? kinds[head[at + 10] ?? 0] : undefined;
}

function isSql(head: Buffer): boolean {
  const start = /^(--|\/\*|\\restrict |(SET|CREATE|BEGIN|INSERT|ALTER|DROP|COPY|SELECT|COMMENT|GRANT|DO)\b.*\S)/im;
  return !head.includes(0) && start.test(head.toString('utf8').replace(/^\uFEFF/, ''));
}

function whatElse(head: Buffer): string {
  if (head.length === 0) return 'The file is empty.';
  if (/^(\xff\xfe|\xfe\xff)/.test(head.toString('latin1')))
    return 'The file is in UTF-16, as PowerShell redirects what a program prints: let pg_dump write it, with --file.';
  return 'This is neither SQL nor a dump in another format of pg_dump.';
}
