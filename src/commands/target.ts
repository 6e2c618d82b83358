import { readFile } from 'node:fs/promises';
import { fileFault, KnownError } from '../model/error.ts';
import type { Address } from '../model/server.ts';
import { encryptedIfPossible } from '../postgres/encryption.ts';
import { addressOf, sslmodeOf } from '../postgres/url.ts';
import type { Door } from './door.ts';
import { maskUrl } from './mask.ts';

/** Names of the parts that frameworks and images give a database by. */
const parts = {
  PG: { host: ['HOST'], port: ['PORT'], user: ['USER'], password: ['PASSWORD'], database: ['DATABASE'] },
  POSTGRES_: { host: ['HOST'], port: ['PORT'], user: ['USER'], password: ['PASSWORD'], database: ['DB', 'DATABASE'] },
  DB_: {
    ...{ host: ['HOST'], port: ['PORT'], user: ['USER', 'USERNAME'] },
    ...{ password: ['PASSWORD', 'PASS'], database: ['NAME', 'DATABASE'] },
  },
} as const;

/** The database that people use, from the settings or what else the environment says. */
export async function targetOf(door: Door, environment = process.env): Promise<Address> {
  return encryptedIfPossible(await addressFrom(door, environment), door.signal);
}

/** The same without asking its server how it may be connected to. */
export async function addressFrom(
  { settings, host }: Pick<Door, 'settings' | 'host'>,
  environment = process.env,
): Promise<Address> {
  const url = settings.url ?? (await urlIn(settings.urlFile)) ?? driverless(environment.DATABASE_URL);
  if (url) maskUrl(url, host);
  const address = url ? addressOf(url) : fromParts(environment);
  if (!address)
    throw new KnownError('It is not known which database is meant.', {
      help: `Set \`url\` (LOCKKEEPER_URL) or \`url-file\`. Also looked at: DATABASE_URL, ${Object.entries(parts)
        .map(([prefix, names]) => `${prefix}HOST and ${prefix}${names.database[0]}`)
        .join(', ')}.`,
    });
  const password = address.password ?? environment.PGPASSWORD;
  if (password) host.mask(password);
  const sslmode = address.sslmode ?? sslmodeOf(environment.PGSSLMODE, 'in PGSSLMODE');
  return { ...address, ...(password && { password }), ...(sslmode && { sslmode }) };
}

async function urlIn(file: string | undefined): Promise<string | undefined> {
  if (!file) return undefined;
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new KnownError(`The file with the URL cannot be read: ${fileFault(cause)}.`, {
      place: { path: file },
      cause,
    });
  });
  return text.trim();
}

/** SQLAlchemy and others name a driver: `postgresql+psycopg://`. */
function driverless(url: string | undefined): string | undefined {
  return url?.replace(/^(postgres(?:ql)?)\+\w+:/, '$1:') || undefined;
}

/** The first prefix by which a host or a database is named. */
function fromParts(environment: NodeJS.ProcessEnv): Address | undefined {
  for (const [prefix, names] of Object.entries(parts)) {
    const get = (part: keyof typeof names) =>
      names[part].map((name) => environment[`${prefix}${name}`]).find((value) => value);
    const [host, database, user = 'postgres', port = '5432'] = [get('host'), get('database'), get('user'), get('port')];
    if (!host && !database) continue;
    if (!/^\d{1,5}$/.test(port)) throw new KnownError(`${prefix}PORT is not the number of a port.`);
    const password = get('password');
    return {
      ...{ host: host ?? 'localhost', port: Number(port), user, database: database ?? user },
      ...(password && { password }),
    };
  }
  return undefined;
}
