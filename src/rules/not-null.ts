import { printIdentifier } from '../postgres/syntax/names.ts';

/** How columns become NOT NULL without a scan under ACCESS EXCLUSIVE. */
export interface NotNullPlan {
  /** Actions of ALTER TABLE, one for each column, to begin with. */
  readonly first: readonly string[];
  /** The text of each migration after that. */
  readonly following: readonly string[];
}

/** A column, and the name of its constraint where somebody chose one. */
export interface NotNullColumn {
  readonly column: string;
  readonly name?: string;
  /** It is said not to hold for children of the table. */
  readonly noInherit?: boolean;
}

/**
 * PostgreSQL 18 adds NOT NULL itself as NOT VALID and checks it later. Before, a valid CHECK spares SET NOT NULL its scan
 * (documentation, ALTER TABLE, SET NOT NULL); it is dropped by a statement of its own, as a single one would drop it
 * first. `table` is SQL text.
 */
export function notNullPlan(table: string, columns: readonly NotNullColumn[], major: number): NotNullPlan {
  const parts = columns.map(({ column, name = `${column}_not_null`.slice(-63), noInherit }) => ({
    column: printIdentifier(column),
    name: printIdentifier(name),
    more: noInherit ? ' NO INHERIT' : '',
  }));
  const alter = (actions: string[]) => `ALTER TABLE ${table} ${actions.join(', ')};`;
  const validated = alter(parts.map(({ name }) => `VALIDATE CONSTRAINT ${name}`));
  if (major >= 18) {
    return {
      first: parts.map(({ column, name, more }) => `ADD CONSTRAINT ${name} NOT NULL ${column}${more} NOT VALID`),
      following: [validated],
    };
  }
  const set = alter(parts.map(({ column }) => `ALTER COLUMN ${column} SET NOT NULL`));
  const clean = alter(parts.map(({ name }) => `DROP CONSTRAINT ${name}`));
  return {
    first: parts.map(({ column, name }) => `ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL) NOT VALID`),
    following: [validated, `${set}\n${clean}`],
  };
}
