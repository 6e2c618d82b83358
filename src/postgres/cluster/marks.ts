import type { Connection } from '../connect.ts';
import { inherit } from '../lease.ts';
import { literal } from '../seed/values.ts';
import { dropRoles } from './restore.ts';

/** The comment of a role that a check made: by its key the next check tells whether the one that made it still lives. */
export const roleMark = (key: number) => `Made by check ${key} of Lockkeeper; dropped when it ends.`;
const anyMark = /^Made by check (\d+) of Lockkeeper; dropped when it ends\.$/;

export const isRoleMark = (comment: string) => anyMark.test(comment);

/**
 * SQL that marks those of the named roles that are there. It belongs into the transaction that creates them: then there
 * is no moment at which a killed check leaves one behind unmarked. It never fails: a script may have taken another role.
 */
export function markingSql(key: number, names: Iterable<string>): string {
  const mark = literal(roleMark(key));
  const wanted = `ARRAY[${[...names].map(literal).join(',')}]::pg_catalog.name[]`;
  return [
    'DO $lockkeeper$ DECLARE made pg_catalog.name; BEGIN',
    `FOR made IN SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY (${wanted})`,
    `AND pg_catalog.shobj_description(oid, 'pg_authid') IS DISTINCT FROM ${mark} LOOP`,
    `BEGIN EXECUTE pg_catalog.format('COMMENT ON ROLE %I IS %L', made, ${mark}); EXCEPTION WHEN OTHERS THEN NULL; END;`,
    'END LOOP; END $lockkeeper$', // on one line: behind it in a file lines keep their numbers
  ].join(' ');
}

/** Drops the roles of checks that were killed. To be called when their databases are gone. */
export async function sweepRoles(session: Connection): Promise<void> {
  const commented = await session.query<{ name: string; comment: string }>(
    `SELECT rolname AS name, pg_catalog.shobj_description(oid, 'pg_authid') AS comment
       FROM pg_catalog.pg_roles WHERE pg_catalog.shobj_description(oid, 'pg_authid') LIKE 'Made by check %'`,
  );
  const byKey = Map.groupBy(commented, ({ comment }) => Number(anyMark.exec(comment)?.[1] ?? 0));
  for (const [key, roles] of byKey) {
    if (key > 0 && (await inherit(session, key)))
      await dropRoles(
        session,
        roles.map(({ name }) => name),
      );
  }
}
