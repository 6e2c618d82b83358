import { parse } from 'pg-connection-string';
import { KnownError } from '../model/error.ts';
import type { Address } from '../model/server.ts';

const modes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** Reads a connection URL (documentation, chapter 34.1.1.2). Errors never repeat it, as it may hold a password. */
export function addressOf(url: string): Address {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new KnownError('The URL of the server does not begin with postgresql://.', {
      help: 'Write it as postgresql://user:password@host:5432/database.',
    });
  }
  try {
    const sslmode = modes.find(
      (mode) => new URL(url.replace(/@\//, '@localhost/')).searchParams.get('sslmode') === mode,
    );
    const { host, port, user, password, database } = parse(url.replace(/([?&])sslmode=[^&]*&?/, '$1'));
    return {
      host: host || 'localhost',
      port: Number(port || 5432),
      user: user || 'postgres',
      ...(password && { password }),
      database: database || user || 'postgres',
      ...(sslmode && { sslmode }),
    };
  } catch {
    throw new KnownError('The URL of the server cannot be read.', {
      help: 'Write it as postgresql://user:password@host:5432/database; characters such as @ or # in it must be percent-encoded.',
    });
  }
}
