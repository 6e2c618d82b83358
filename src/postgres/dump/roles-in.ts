const name = '(?:"(?:[^"]|"")+"|[A-Za-z_][\\w$]*)';
const names = `(${name}(?:, ${name})*)`;

/** Statements that fail where a role is missing, each on one line as pg_dump writes them. */
const patterns = [
  `^ALTER .* OWNER TO ${names};$`,
  `^GRANT .* TO ${names}(?: WITH GRANT OPTION)?(?: GRANTED BY ${name})?;$`,
  `^REVOKE .* FROM ${names};$`,
  `^ALTER DEFAULT PRIVILEGES FOR ROLE ${names} `,
  `^ALTER DEFAULT PRIVILEGES .* (?:TO|FROM) ${names}(?: WITH GRANT OPTION)?;$`,
  `^CREATE POLICY .*? TO ${names}(?:;| USING | WITH CHECK )`,
  `^CREATE SCHEMA .* AUTHORIZATION ${names};$`,
  `^CREATE USER MAPPING FOR ${names} SERVER `,
].map((pattern) => new RegExp(pattern));

/** The roles that a line of a dump names, but for those that every server has. Its characters are bytes. */
export function rolesIn(line: string): string[] {
  return patterns
    .flatMap((pattern) => pattern.exec(line)?.[1]?.match(new RegExp(name, 'g')) ?? [])
    .map(unquoted)
    .filter((role) => !/^(PUBLIC|CURRENT_USER|SESSION_USER|CURRENT_ROLE)$|^pg_/.test(role));
}

/** The tablespace that a line of a dump has what follows lie in, if any. Its characters are bytes. */
export function tablespaceIn(line: string): string | undefined {
  const [, quoted] = place.exec(line) ?? [];
  return quoted === undefined ? undefined : unquoted(quoted);
}

const place = new RegExp(`^SET default_tablespace = (${name});$`);

function unquoted(quoted: string): string {
  return textOf(quoted.startsWith('"') ? quoted.slice(1, -1).replaceAll('""', '"') : quoted);
}

/** UTF-8 unless it cannot be. */
function textOf(bytes: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes;
  }
}
