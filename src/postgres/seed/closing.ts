import { quote } from '../quote.ts';
import type { Key, Keys } from './keys.ts';
import type { Place } from './order.ts';
import type { Reference, Target } from './targets.ts';
import { literal } from './values.ts';

/**
 * Foreign keys that stayed NULL while what they refer to was not there yet: one UPDATE for each row. In a reference of
 * a table to itself the first row stays a root, and the others are below it.
 */
export function closingsOf({ target, later }: Place, keys: Keys, count: number): string[] {
  return later
    .filter(({ optional }) => optional.length > 0)
    .flatMap((reference) => {
      const itself = target.lineage.includes(reference.to.oid);
      const choices = keys.of(reference);
      return Array.from(
        { length: itself ? count - 1 : count },
        (_, index) => choices[itself ? 0 : index % choices.length],
      )
        .filter((key) => key !== undefined)
        .map((key) => closing(target, reference, key, itself));
    });
}

function closing({ only }: Target, { columns, keys, optional }: Reference, key: Key, itself: boolean): string {
  const pairs = columns.map((column, at) => ({ column, text: `${quote(column)} = ${literal(key[at] ?? '')}` }));
  const set = pairs.filter(({ column }) => optional.includes(column)).map(({ text }) => text);
  const fixed = pairs.filter(({ column }) => !optional.includes(column)).map(({ text }) => text);
  const open = optional.map((each) => `${quote(each)} IS NULL`);
  const other = itself ? [`(${keys.map(quote).join(', ')}) <> (${key.map(literal).join(', ')})`] : [];
  const row = `SELECT ctid FROM ${only} WHERE ${[...open, ...fixed, ...other].join(' AND ')} LIMIT 1`;
  return `UPDATE ${only} SET ${set.join(', ')} WHERE ctid = (${row})`;
}
