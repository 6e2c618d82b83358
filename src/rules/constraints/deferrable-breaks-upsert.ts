import type { Rule } from '../../model/rule.ts';
import { placeOfConstraint } from '../place.ts';
import { addedConstraintsOf } from '../schema.ts';

export const rule: Rule = {
  id: 'deferrable-breaks-upsert',
  severity: 'notice',
  what: 'A new unique constraint or primary key is DEFERRABLE.',
  why: 'INSERT … ON CONFLICT cannot use it (SQLSTATE 55000), no foreign key can refer to it, and rows are checked one by one at the end.',
  instead: 'Leave DEFERRABLE out, unless values must be exchanged within a transaction.',
  sources: ['PostgreSQL documentation, CREATE TABLE, DEFERRABLE; INSERT, ON CONFLICT'],
  whole(world) {
    const added = addedConstraintsOf(world).filter(
      ({ type, deferrable, inherited }) => deferrable && !inherited && (type === 'unique' || type === 'primary key'),
    );
    return added.flatMap((constraint) => {
      const { name, table, columns } = constraint;
      const place = placeOfConstraint(constraint, world);
      const message = `${name} of ${table} is DEFERRABLE: ON CONFLICT (${columns.join(', ')}) fails.`;
      return place ? [{ message, relations: [table], place }] : [];
    });
  },
};
