import type { Wish } from './wish.ts';

/** A JSON document of the kind that checks ask for; else the column's default, or an object. */
export function documentOf({ n, limits, known = [] }: Wish): string {
  const { json, items } = limits;
  const [usual] = known;
  if (usual !== undefined && !json && !items) return usual;
  const kind = json?.kind ?? (items ? 'array' : 'object');
  switch (kind) {
    case 'array':
      return JSON.stringify(
        Array.from({ length: Math.min(Math.max(items?.min ?? 1, 1), items?.max ?? 1) }, () => ({ n })),
      );
    case 'string':
      return JSON.stringify(String(n));
    case 'number':
      return String(n);
    case 'boolean':
      return n % 2 === 1 ? 'true' : 'false';
    case 'null':
      return 'null';
    default:
      return JSON.stringify({ n, ...valuesOf(json?.keys ?? {}, n) });
  }
}

function valuesOf(keys: Readonly<Record<string, string | undefined>>, n: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(keys).map(([key, text]) => [key, text === undefined ? String(n) : parsed(text)]),
  );
}

/** A text that may itself be JSON: `->> 'x' = '1'` is met by the number too, `-> 'x' = '"a"'` only by the text a. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
