import type { Node } from '@pgsql/types';

/** A relation's name as a statement writes it. */
export interface WrittenName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** Every relation a parse tree names, wherever it does: range variables, and the name lists of DROP and COMMENT. */
export function namesIn(node: Node): WrittenName[] {
  const found = new Map<string, WrittenName>();
  visit(node, (written) => found.set(keyOf(written), written));
  return [...found.values()];
}

/** Tells names apart. */
export function keyOf({ schema, name }: WrittenName): string {
  return JSON.stringify([schema ?? null, name]);
}

function visit(value: unknown, found: (written: WrittenName) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) visit(each, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const { relname, schemaname, objects, object } = value as Record<string, unknown>;
  if (typeof relname === 'string') found({ schema: schemaname as string | undefined, name: relname });
  for (const list of [...(Array.isArray(objects) ? objects : []), object]) {
    const written = fromList(list);
    if (written) found(written);
  }
  for (const each of Object.values(value)) visit(each, found);
}

/** `a.b` as a list of strings; a third part in front is the database. A trailing part may be a column or trigger. */
function fromList(list: unknown): WrittenName | undefined {
  const items = (list as { List?: { items?: { String?: { sval?: string } }[] } } | undefined)?.List?.items;
  const parts = items?.map((item) => item.String?.sval);
  const name = parts?.at(-1);
  return name === undefined ? undefined : { schema: parts?.at(-2), name };
}
