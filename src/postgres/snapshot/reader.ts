import type { ObjectKind } from '../../model/schema.ts';

/** Reads all objects of one kind. The query's columns are named like the fields of the model; NULL is an absent field. */
export interface Reader {
  readonly kind: ObjectKind;
  /** `version` is `server_version_num`. */
  sql(version: number): string;
}

/** Leaves out PostgreSQL's own schemas and temporary ones, for a `pg_namespace n`. */
export const ourSchemas = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

/** Leaves out what belongs to an extension. */
export function notOfExtension(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = '${catalog}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;
}

/** In the readers' SQL: the role whose objects are told without their owner. It reads, and is the one that ran the migrations. */
export const unnamed = 'current_user';

/** The owner, or NULL where it is not named. */
export function ownerOf(column: string): string {
  return `NULLIF(pg_get_userbyid(${column}), ${unnamed})`;
}

/**
 * Privileges of others than the owner. MAINTAIN, which ALL includes from PostgreSQL 17 on, is only told where it was
 * granted by itself. `byDefault` is what everybody has while nothing was granted or revoked: told when it is gone.
 */
export function grantsOf(acl: string, owner: string, byDefault?: string): string {
  const gone = byDefault
    ? `UNION ALL SELECT 'PUBLIC: no ${byDefault}' WHERE ${acl} IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM aclexplode(${acl}) e WHERE e.grantee = 0 AND e.privilege_type = '${byDefault}')`
    : '';
  const standing = byDefault ? `AND NOT (held.grantee = 0 AND held.privilege_type = '${byDefault}')` : '';
  return `(SELECT array_agg(line ORDER BY line COLLATE "C") FROM (
    SELECT CASE held.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(held.grantee) END || ': ' || held.privilege_type
           || CASE WHEN held.is_grantable THEN ' with grant option' ELSE '' END AS line
      FROM aclexplode(${acl}) AS held
     WHERE held.grantee <> ${owner} ${standing}
       AND NOT (held.privilege_type = 'MAINTAIN' AND EXISTS (SELECT 1 FROM aclexplode(${acl}) o
                 WHERE o.grantee = held.grantee AND o.privilege_type = 'TRIGGER'))
    ${gone}) AS granted)`;
}
