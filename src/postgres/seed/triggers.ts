import type { Connection } from '../connect.ts';
import { notOfExtension, ourSchemas } from '../snapshot/reader.ts';
import type { Formula } from './checks/condition.ts';
import type { Conditions } from './conditions.ts';
import type { Target } from './targets.ts';

/** What the functions of a table's triggers seem to ask of a new row. */
export interface Demands {
  readonly formulas: readonly Formula[];
  /** Texts and numbers that occur in them. */
  readonly literals: readonly string[];
  /** Columns of NEW that occur in them. */
  readonly columns: readonly string[];
}

/** Reads the functions of a table's triggers: what they raise an exception for must not be so. */
export async function demandsOf(connection: Connection, target: Target, { read }: Conditions): Promise<Demands> {
  const own = codeOf(await connection.query<Body>(bodiesSql, [target.lineage]));
  if (own === '') return { formulas: [], literals: [], columns: [] };
  const words = [...new Set(own.match(/\w+/g))];
  const code = own + codeOf(await connection.query<Body>(calledSql, [words]));
  const refused = [...own.matchAll(refusal)].map(([, condition = '']) => condition.replace(/\bTG_OP\b/gi, "'INSERT'"));
  return {
    formulas: refused.map((each) => read(each, false)),
    literals: [...new Set([...literalsIn(code)])],
    columns: [
      ...new Set(
        [...code.matchAll(/\bNEW\s*\.\s*(?:"((?:[^"]|"")+)"|(\w+))/gi)].map(
          ([, exact, plain = '']) => exact?.replaceAll('""', '"') ?? plain.toLowerCase(),
        ),
      ),
    ],
  };
}

interface Body {
  readonly body: string;
}

function codeOf(rows: readonly Body[]): string {
  return rows.map(({ body }) => body.replace(/--[^\n]*|\/\*.*?\*\//gs, ' ')).join('\n');
}

const bodiesSql = `
SELECT DISTINCT p.oid, p.prosrc AS body FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE t.tgrelid = ANY ($1::oid[]) AND NOT t.tgisinternal ORDER BY p.oid`;

/** Functions that these seem to call. */
const calledSql = `
SELECT p.oid, p.prosrc AS body FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE lower(p.proname) = ANY (SELECT lower(word) FROM unnest($1::text[]) AS word)
   AND ${ourSchemas} AND ${notOfExtension('pg_proc', 'p.oid')} AND p.prorettype <> 'trigger'::regtype ORDER BY p.oid`;

/** `IF condition THEN RAISE …`, where the level is not one that only tells. */
const refusal = /\bIF\b((?:(?!\bIF\b|\bTHEN\b).)*)\bTHEN\s+RAISE\b(?!\s+(?:NOTICE|WARNING|INFO|LOG|DEBUG)\b)/gis;

/** The constants of a piece of SQL. */
export function literalsIn(sql: string): string[] {
  const texts = [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'"));
  const numbers = [...sql.matchAll(/(?<![\w.'$])\d+(?:\.\d+)?(?![\w.'])/g)].map(([number]) => number);
  return [...texts, ...numbers].filter((each) => each.length > 0 && each.length <= 200);
}
