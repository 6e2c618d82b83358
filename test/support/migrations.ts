import type { Delivery, Migration } from '../../src/model/migration.ts';

/** A migration of one message, as if read from a file `migrations/<id>.sql`. */
export function migrationOf(id: string, text: string, options: { delivery?: Delivery } = {}): Migration {
  const path = `migrations/${id}.sql`;
  const { delivery = 'lenient' } = options;
  const up = { path, text, messages: text === '' ? [] : [{ start: 0, end: text.length }], delivery };
  return { id, name: `${id}.sql`, path, hash: String(text.length), up };
}
