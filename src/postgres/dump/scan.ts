import { Lines, type Span } from './lines.ts';
import { OwnDatabase } from './own-database.ts';
import { Quoting } from './quoting.ts';
import { rolesIn, tablespaceIn } from './roles-in.ts';

/** What a plain dump says of itself, and what it would do besides filling the database it is restored into. */
export interface Scan {
  /** Roles that it gives something to. */
  readonly roles: readonly string[];
  /** Where it has tables and indexes lie, and the lines that say so. */
  readonly places: { readonly names: readonly string[]; readonly spans: readonly Span[] };
  /** It goes to a database that it names itself, or starts programs. */
  readonly leaves: string | undefined;
  /** It has the beginning that pg_dump writes, and not the end. */
  readonly cut: boolean;
  /** Of its text, where it says so. */
  readonly encoding: string | undefined;
  /** How many it creates. */
  readonly tables: number;
  /** Major of the pg_dump that wrote it, where it says so. */
  readonly major: number | undefined;
  /** It goes to several databases, as what pg_dumpall writes. */
  readonly several: boolean;
  /** What it says of the database that it creates (`pg_dump --create`): where it stands, and the SQL. */
  readonly own: { readonly spans: readonly Span[]; readonly sql: string } | undefined;
}

/** Commands of psql that stay within the session, as long as they start no program (in backticks). */
const harmless = /^\\(restrict|unrestrict|encoding|set|unset|echo|timing|pset)(\s[^`]*)?$/;

/** Reads SQL as pg_dump writes it, passing over the rows of tables. */
export async function scan(content: AsyncIterable<Uint8Array>): Promise<Scan> {
  const [lines, own, roles] = [new Lines(), new OwnDatabase(), new Set<string>()];
  const [placed, spans] = [new Set<string>(), [] as Span[]];
  let quoting = new Quoting();
  let tables = 0;
  let [open, several, leaves, encoding, major]: [boolean, boolean, string?, string?, number?] = [false, false];
  const take = (line: string, span: Span): boolean => {
    const quoted = quoting.isOpen;
    const command = quoting.read(line);
    if (own.take(line, span, { before: quoted, after: quoting.isOpen })) {
      quoting = new Quoting(); // a session begins anew, and what was set before is left out
      return false;
    }
    if (command && !harmless.test(command)) leaves ??= command.slice(0, 80);
    if (quoted) return false;
    if (/^-- PostgreSQL database dump( complete)?$/.test(line)) open = !line.endsWith('complete');
    several ||= line === '-- PostgreSQL database cluster dump';
    encoding ??= /^SET client_encoding = '(\w+)';$/.exec(line)?.[1];
    major ??= Number(/^-- Dumped by pg_dump version (\d+)/.exec(line)?.[1]) || undefined;
    if (/^CREATE (UNLOGGED |FOREIGN )?TABLE /.test(line)) tables += 1;
    for (const role of rolesIn(line)) roles.add(role);
    const place = tablespaceIn(line);
    if (place !== undefined) {
      placed.add(place);
      spans.push(span);
    }
    return /^COPY .* FROM stdin;$/i.test(line);
  };
  for await (const piece of content) lines.feed(piece, take);
  lines.end(take);
  const cut = lines.inRows || open || quoting.isOpen;
  const places = { names: [...placed], spans };
  return { leaves, several, encoding, major, tables, roles: [...roles], places, cut, own: own.found() };
}
