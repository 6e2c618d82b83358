import type { Snapshot } from '../../model/schema.ts';

/**
 * What may be said of an error on other people's rows: PostgreSQL's own message where it is one of those that hold nothing
 * but names, and these are known without the rows; else what its SQLSTATE means. Details, hints and contexts never.
 */
export function redacted(message: string, sqlstate: string | undefined, names: ReadonlySet<string>): string {
  const words = shapes.map((shape) => shape.exec(message)).find((found) => found !== null);
  if (words?.slice(1).every((name) => name === undefined || names.has(name))) return message;
  const meaning = sqlstate === undefined ? 'it was cut off' : (meanings[sqlstate] ?? 'PostgreSQL refuses it');
  return `${meaning}; its own words may quote rows, and are not shown`;
}

/** Every name in schemas that were made from the files alone. */
export function namesIn(snapshots: readonly Snapshot[]): ReadonlySet<string> {
  return new Set(snapshots.flatMap(({ objects }) => objects.map(({ name }) => name)));
}

/** Messages of PostgreSQL's sources (tablecmds.c, nbtsort.c, execMain.c, ri_triggers.c, postgres.c …), with their names. */
const shapes: readonly RegExp[] = [
  /^could not create unique index "(.*)"$/s,
  /^could not create exclusion constraint "(.*)"$/s,
  /^duplicate key value violates unique constraint "(.*)"$/s,
  /^column "(.*)" of relation "(.*)" contains null values$/s,
  /^null value in column "(.*)" of relation "(.*)" violates not-null constraint$/s,
  /^check constraint "(.*)" of relation "(.*)" is violated by some row$/s,
  /^new row for relation "(.*)" violates check constraint "(.*)"$/s,
  /^partition constraint of relation "(.*)" is violated by some row$/s,
  /^no partition of relation "(.*)" found for row$/s,
  /^insert or update on table "(.*)" violates foreign key constraint "(.*)"$/s,
  /^update or delete on table "(.*)" violates foreign key constraint "(.*)" on table "(.*)"$/s,
  /^(?:relation|type|index|table|view|schema|constraint) "(.*)" (?:does not exist|already exists)$/s,
  /^column "(.*)" of relation "(.*)" (?:does not exist|already exists)$/s,
  /^(?:integer|bigint|smallint) out of range$/,
  /^division by zero$/,
  /^canceling statement due to (?:lock|statement) timeout$/,
  /^deadlock detected$/,
];

/** Of codes that rows bring about (documentation, appendix A). */
const meanings: Readonly<Record<string, string>> = {
  '21000': 'a subquery gives more than one row',
  '22001': 'a value is too long for its type',
  '22003': 'a number is out of range',
  '22004': 'a value is NULL where none may be',
  '22007': 'a value is no date or time',
  '22008': 'a date or time is out of range',
  '22012': 'something is divided by zero',
  '22023': 'a value is none that a function takes',
  '22032': 'a value is no JSON',
  '22P02': 'a value cannot be read as its new type',
  '23502': 'a value is NULL where none may be',
  '23503': 'a row refers to one that is not there',
  '23505': 'two rows have the same value where none may',
  '23514': 'a row violates a check',
  '23P01': 'two rows exclude each other',
  '40P01': 'it was in a deadlock',
  '42501': 'the role may not do this',
  '42703': 'a column is not there',
  '42704': 'an object is not there',
  '42710': 'an object is there already',
  '42883': 'a function is not there',
  '42P01': 'a table is not there',
  '42P07': 'a table is there already',
  '53100': 'the disk is full',
  '53200': 'there is no more memory',
  '55P03': 'no lock was to be had',
  '57014': 'it was cancelled',
  P0001: 'the script raised an error',
};
