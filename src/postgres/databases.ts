import { KnownError } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';
import type { Address } from '../model/server.ts';
import { connect } from './connect.ts';

/** Databases of a server, by name. */
export interface Databases {
  readonly chosen: readonly string[];
  /** Those that a pattern fits and that let nobody in (`datallowconn`). */
  readonly closed: readonly string[];
}

/** A row of pg_database. */
interface Row {
  readonly name: string;
  readonly open: boolean;
  readonly template: boolean;
}

/**
 * The databases that people choose by names and patterns: `*` stands for any characters, a leading `!` leaves out again.
 * Templates are meant only by their names. Throws `KnownError` for a name that is not there or lets nobody in, and where
 * nothing is chosen.
 */
export async function chooseDatabases(
  address: Address,
  wishes: readonly string[],
  signal: AbortSignal,
): Promise<Databases> {
  const there = await databasesOf(address, signal);
  const [leftOut, wanted] = [wishes.filter(isNegative), wishes.filter((wish) => !isNegative(wish))];
  for (const name of wanted.filter((wish) => !wish.includes('*'))) mustBeOpen(name, there);
  const fits = ({ name, template }: Row) =>
    wanted.some((wish) => (wish.includes('*') ? !template && pattern(wish).test(name) : wish === name)) &&
    !leftOut.some((wish) => pattern(wish.slice(1)).test(name));
  const chosen = there.filter(fits);
  if (chosen.some(({ open }) => open))
    return { chosen: names(chosen.filter(({ open }) => open)), closed: names(chosen.filter(({ open }) => !open)) };
  throw new KnownError(`No database of this server is one of ${wishes.join(', ')}.`, {
    help: `It has ${names(there.filter(({ open, template }) => open && !template)).join(', ')}.`,
  });
}

async function databasesOf(address: Address, signal: AbortSignal): Promise<Row[]> {
  await using session = await connect(address, signal);
  return await session.query<Row>(
    `SELECT datname AS name, datallowconn AND datconnlimit <> -2 AS open, datistemplate AS template
       FROM pg_catalog.pg_database ORDER BY 1`,
  );
}

function mustBeOpen(name: string, there: readonly Row[]): void {
  const found = there.find((each) => each.name === name);
  if (found?.open) return;
  if (found)
    throw new KnownError(`The database ${name} lets nobody in (datallowconn is off).`, {
      reason: 'unreachable',
      help: `Leave it out of \`databases\`, or let connections in: ALTER DATABASE … ALLOW_CONNECTIONS true.`,
    });
  const [near] = nearest(name, names(there), 1);
  throw new KnownError(`There is no database ${name} on this server.`, {
    reason: 'unreachable',
    help: near ? `Did you mean ${near}?` : `It has ${names(there).join(', ')}.`,
  });
}

function isNegative(wish: string): boolean {
  return wish.startsWith('!');
}

function pattern(wish: string): RegExp {
  return new RegExp(`^${wish.split('*').map(RegExp.escape).join('.*')}$`, 's');
}

function names(rows: readonly Row[]): string[] {
  return rows.map(({ name }) => name);
}
