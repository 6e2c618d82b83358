import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** What a plain dump would do besides filling the database it is restored into. */
export interface Scan {
  /** Roles that it gives something to. */
  readonly roles: readonly string[];
  /** It goes to a database that it names itself, or starts programs. */
  readonly leaves?: string;
  /** It has the beginning that pg_dump writes, and not the end. */
  readonly cut: boolean;
}

const identifier = '("(?:[^"]|"")+"|[\\p{L}_][\\p{L}\\p{N}_$]*)';
const ofRole = [
  new RegExp(`^ALTER .* OWNER TO ${identifier};$`, 'u'),
  new RegExp(`^GRANT .* TO ${identifier}(?: WITH GRANT OPTION)?;$`, 'u'),
  new RegExp(`^ALTER DEFAULT PRIVILEGES FOR ROLE ${identifier} `, 'u'),
];

/** Reads SQL as pg_dump writes it, line by line, passing over the rows of tables. */
export async function scan(content: AsyncIterable<Uint8Array>): Promise<Scan> {
  const roles = new Set<string>();
  let leaves: string | undefined;
  let inRows = false;
  let open = false;
  for await (const line of createInterface({ input: Readable.from(content), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!inRows && /^-- PostgreSQL database dump( complete)?$/.test(line)) open = !line.endsWith('complete');
    if (inRows) inRows = line !== '\\.';
    else if (/^COPY .* FROM stdin;$/.test(line)) inRows = true;
    else if (/^\\(connect|c|!|i|ir|o|g|w)(\s|$)/.test(line)) leaves ??= line.slice(0, 80);
    else for (const name of named(line)) roles.add(name);
  }
  return {
    roles: [...roles].filter((role) => role !== 'PUBLIC' && !role.startsWith('pg_')),
    ...(leaves && { leaves }),
    cut: inRows || open,
  };
}

function named(line: string): string[] {
  return ofRole.flatMap((pattern) => {
    const [, name] = pattern.exec(line) ?? [];
    if (!name) return [];
    return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
  });
}
