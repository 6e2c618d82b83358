import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { fileFault, KnownError } from '../model/error.ts';
import type { Address } from '../model/server.ts';

type Encrypted = Pick<Address, 'sslmode' | 'files'>;

/** The variables of libpq that name these files (documentation, chapter 34.15). */
const variables = { sslrootcert: 'PGSSLROOTCERT', sslcert: 'PGSSLCERT', sslkey: 'PGSSLKEY' } as const;

export type TlsFile = keyof typeof variables;

export const tlsFiles = Object.keys(variables) as readonly TlsFile[];

/**
 * How a session is encrypted, as libpq would do it (documentation, chapter 34.19): false where it is not. Whom to trust is
 * said by a file in the URL, by libpq's variable or its own place, else it is whom Node.js trusts. Throws `KnownError` for
 * a file that cannot be read.
 */
export function tlsOf({ sslmode, files }: Encrypted, environment = process.env): ConnectionOptions | false {
  if (sslmode === undefined || sslmode === 'disable' || sslmode === 'prefer') return false;
  const named = (file: TlsFile) => files?.[file] ?? (environment[variables[file]] || undefined);
  const [roots, cert, key] = [rootsOf(named('sslrootcert')), named('sslcert'), named('sslkey')];
  const own = { ...(cert && { cert: read('sslcert', cert) }), ...(key && { key: read('sslkey', key) }) };
  if (sslmode === 'require' && !roots) return { ...own, rejectUnauthorized: false };
  const ca = { ...own, ...(roots && { ca: read('sslrootcert', roots) }) };
  // with a file of those to trust, libpq takes `require` for `verify-ca`
  return sslmode === 'verify-full' ? ca : { ...ca, checkServerIdentity: () => undefined };
}

/** For client programs: libpq trusts nobody by itself, but those of the system from 16 on, by name. */
export function tlsVariables({ sslmode, files }: Encrypted, major: number, environment = process.env) {
  const given = Object.fromEntries(tlsFiles.flatMap((file) => (files?.[file] ? [[variables[file], files[file]]] : [])));
  const trusting = given.PGSSLROOTCERT || environment.PGSSLROOTCERT || existsSync(usual);
  return sslmode === 'verify-full' && major >= 16 && !trusting ? { ...given, PGSSLROOTCERT: 'system' } : given;
}

/** Where libpq looks for it. */
const usual = join(homedir(), '.postgresql', 'root.crt');

function rootsOf(named: string | undefined): string | undefined {
  if (named === 'system') return undefined;
  return named ?? (existsSync(usual) ? usual : undefined);
}

function read(file: TlsFile, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new KnownError(`\`${file}\` cannot be read: ${fileFault(cause as NodeJS.ErrnoException)}.`, {
      place: { path },
      help: `It is named in the URL of the server, or by ${variables[file]}.`,
      cause,
    });
  }
}
