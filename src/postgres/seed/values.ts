/** A string as SQL text; backslashes are plain characters in it (`standard_conforming_strings`). */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
