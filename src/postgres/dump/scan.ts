import { Lines } from './lines.ts';
import { Quoting } from './quoting.ts';
import { rolesIn } from './roles-in.ts';

/** What a plain dump says of itself, and what it would do besides filling the database it is restored into. */
export interface Scan {
  /** Roles that it gives something to. */
  readonly roles: readonly string[];
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
}

/** Commands of psql that stay within the session, as long as they start no program (in backticks). */
const harmless = /^\\(restrict|unrestrict|encoding|set|unset|echo|timing|pset)(\s[^`]*)?$/;

/** Reads SQL as pg_dump writes it, passing over the rows of tables. */
export async function scan(content: AsyncIterable<Uint8Array>): Promise<Scan> {
  const [lines, quoting, roles] = [new Lines(), new Quoting(), new Set<string>()];
  let tables = 0;
  let [open, leaves, encoding, major]: [boolean, string?, string?, number?] = [false];
  const take = (line: string): boolean => {
    const quoted = quoting.isOpen;
    const command = quoting.read(line);
    if (command && !harmless.test(command)) leaves ??= command.slice(0, 80);
    if (quoted) return false;
    if (/^-- PostgreSQL database dump( complete)?$/.test(line)) open = !line.endsWith('complete');
    encoding ??= /^SET client_encoding = '(\w+)';$/.exec(line)?.[1];
    major ??= Number(/^-- Dumped by pg_dump version (\d+)/.exec(line)?.[1]) || undefined;
    if (/^CREATE (UNLOGGED |FOREIGN )?TABLE /.test(line)) tables += 1;
    for (const role of rolesIn(line)) roles.add(role);
    return /^COPY .* FROM stdin;$/i.test(line);
  };
  for await (const piece of content) lines.feed(piece, take);
  lines.end(take);
  return { leaves, encoding, major, tables, roles: [...roles], cut: lines.inRows || open || quoting.isOpen };
}
