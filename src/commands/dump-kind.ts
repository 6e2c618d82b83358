import type { Recognised } from '../archive/recognise.ts';
import type { DumpFormat } from '../model/backup.ts';
import { KnownError } from '../model/error.ts';

/**
 * What a file is by its first bytes, unpacked. A tar that pg_dump wrote is the same as a directory that was packed: both
 * hold the same files, and pg_restore, which never ends with half a tar, has them unpacked. Throws `KnownError`.
 */
export function formatOf({ head }: Pick<Recognised, 'head'>, path: string): DumpFormat {
  const place = { path };
  if (head.subarray(257, 262).toString('latin1') === 'ustar') return 'directory';
  if (head.subarray(0, 5).toString('latin1') === 'PGDMP') {
    if (head[kindAt] === custom) return 'custom';
    const help = 'Name the folder it is in, or the tar that holds it.';
    throw new KnownError('This is only the table of contents of a dump in directory format.', { place, help });
  }
  if (isSql(head)) return 'plain';
  throw new KnownError(whatElse(head), {
    place,
    help: 'What pg_dump writes is read: SQL, its custom format, its tar, or its directory; also packed by gzip, zstd or age.',
  });
}

/** Where an archive says how it is written: behind magic, version and sizes (ReadHead in pg_backup_archiver.c). */
const kindAt = 10;
const custom = 1;

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
