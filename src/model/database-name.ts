/** Bytes of a name that PostgreSQL keeps (NAMEDATALEN); what is longer it cuts off, and says no more than a notice. */
export const longestName = 63;

/** A name with this ending, short enough for both to stay whole; what is cut is the end of the name, between characters. */
export function nameWith(name: string, ending: string): string {
  const room = longestName - Buffer.byteLength(ending);
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > room) break;
    kept += character;
  }
  return `${kept}${ending}`;
}
