import type { Node, RangeVar } from '@pgsql/types';
import { scanSync } from '../grammar.ts';
import type { WrittenName } from '../watch/names.ts';
import { read, strings } from './node.ts';

export type { WrittenName };

/** The name that a range variable writes. */
export function nameOf(relation: RangeVar | undefined): WrittenName {
  return { schema: relation?.schemaname, name: relation?.relname ?? '' };
}

/** `a.b` as a list of strings, as DROP, COMMENT and ALTER DOMAIN have it; a part in front of the schema is the database. */
export function nameOfList(parts: readonly Node[] | undefined): WrittenName {
  const names = strings(parts);
  return { schema: names.at(-2), name: names.at(-1) ?? '' };
}

/** The names in the object list of DROP. */
export function droppedNames(objects: readonly Node[] | undefined): WrittenName[] {
  return (objects ?? []).map((object) => nameOfList(read(object, 'List')?.items ?? [object]));
}

/** Splits a catalog's schema-qualified name at its first dot: `public.orders`. Schemas with a dot in their name are rare. */
export function splitId(id: string): WrittenName {
  const dot = id.indexOf('.');
  return { schema: dot < 0 ? undefined : id.slice(0, dot), name: id.slice(dot + 1) };
}

/** The name as SQL text, schema-qualified where the schema is known; quoted only where SQL asks for it. */
export function printName({ schema, name }: WrittenName): string {
  return schema === undefined ? printIdentifier(name) : `${printIdentifier(schema)}.${printIdentifier(name)}`;
}

/** A catalog's schema-qualified name as SQL text. */
export function printId(id: string): string {
  return printName(splitId(id));
}

/** An identifier as SQL text, quoted only where SQL asks for it (documentation, chapter 4.1.1 and appendix C). */
export function printIdentifier(identifier: string): string {
  const plain = /^[a-z_][a-z0-9_$]*$/.test(identifier) && !isReserved(identifier);
  return plain ? identifier : `"${identifier.replaceAll('"', '""')}"`;
}

/** Identifiers as a list in SQL text: `id, "order"`. */
export function printIdentifiers(identifiers: readonly string[]): string {
  return identifiers.map(printIdentifier).join(', ');
}

/** Any key word that is not free as the name of everything: quoting one too many does no harm. */
function isReserved(word: string): boolean {
  const token = scanSync(word).tokens[0];
  return token !== undefined && token.keywordName !== 'NO_KEYWORD' && token.keywordName !== 'UNRESERVED_KEYWORD';
}
