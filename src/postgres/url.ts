import { parse } from 'pg-connection-string';
import { KnownError } from '../model/error.ts';
import type { Address } from '../model/server.ts';
import { tlsFiles } from './tls.ts';

const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** Reads a connection URL (documentation, chapter 34.1.1.2). Errors never repeat it, as it may hold a password. */
export function addressOf(url: string): Address {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new KnownError('The URL of the server does not begin with postgresql://.', { help: form });
  }
  const { authority, rest } = partsOf(url);
  // an unencoded / ? or # ends the part in which the password stands, and the piece behind it would be shown as a host
  if (rest.split('?')[0]?.includes('@') || (rest.includes('@') && !authority.includes('@'))) throw unreadable();
  const parameters = new URLSearchParams(rest.split('?')[1]?.split('#')[0]);
  const sslmode = sslmodeOf(parameters.get('sslmode'));
  const options = optionsOf(parameters);
  const database = decoded(/^\/([^?#]*)/.exec(rest)?.[1] ?? '');
  const files = filesOf(parameters);
  const { host, port, user, password } = parsed(url.replaceAll(/([?&])ssl\w+=[^&#]*/g, '$1'));
  return {
    host: host || 'localhost',
    port: Number(port || 5432),
    user: user || 'postgres',
    ...(password && { password }),
    database: database || user || 'postgres',
    ...(sslmode && { sslmode }),
    ...(files && { files }),
    ...(options && { options }),
    ...parametersOf(parameters),
  };
}

function parametersOf(parameters: URLSearchParams): Pick<Address, 'parameters'> {
  const ofTools = [...parameters].filter(([name]) => name.startsWith('x-'));
  return ofTools.length > 0 ? { parameters: Object.fromEntries(ofTools) } : {};
}

/** With a `search_path`, which is no parameter of libpq, but of the drivers of golang-migrate and goose. */
function optionsOf(parameters: URLSearchParams): string {
  const path = parameters.get('search_path')?.replaceAll(/[\\\s]/g, '\\$&');
  return [parameters.get('options'), path && `-c search_path=${path}`].filter(Boolean).join(' ');
}

function filesOf(parameters: URLSearchParams): Address['files'] {
  const named = tlsFiles.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name)] as const] : []));
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

function partsOf(url: string): { authority: string; rest: string } {
  const [, authority = '', rest = ''] = /^[^:]+:\/\/([^/?#]*)(.*)$/s.exec(url) ?? [];
  return { authority, rest };
}

function parsed(url: string): ReturnType<typeof parse> {
  try {
    return parse(url);
  } catch {
    throw unreadable();
  }
}

/** `pg` leaves what separates parts of a URL (`%3D`, `%2F` …) as it is; libpq decodes everything. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable();
  }
}

/** What a URL, or libpq's variable, says of encryption. Throws `KnownError` for a mode that there is not. */
export function sslmodeOf(given: string | null | undefined, where = 'in the URL of the server'): Address['sslmode'] {
  const mode = modes.find((each) => each === given);
  if (given && !mode) {
    const help = `There is: ${modes.join(', ')}.`;
    throw new KnownError(`The \`sslmode\` ${where} is none that PostgreSQL knows.`, { help });
  }
  return mode === 'allow' ? 'prefer' : mode;
}

const form = 'Write it as postgresql://user:password@host:5432/database.';

function unreadable(): KnownError {
  const help = `${form} Characters such as @ / ? # % in the password must be percent-encoded.`;
  return new KnownError('The URL of the server cannot be read.', { help });
}

/** The same as a URL: a secret where there is a password. */
export function urlOf({ host, port, user, password, database, sslmode, files, options }: Address): string {
  const part = encodeURIComponent;
  const parameters = new URLSearchParams({
    host,
    port: String(port),
    ...(sslmode && { sslmode }),
    ...files,
    ...(options && { options }),
  });
  const query = parameters.toString().replaceAll('+', '%20'); // libpq takes a plus sign for itself
  return `postgresql://${part(user)}${password ? `:${part(password)}` : ''}@/${part(database)}?${query}`;
}
