/** What GitHub takes for the beginning of an expression, wherever it stands in a workflow. */
const opening = '\u0024{{';
const harmless = `${opening} '${opening}' }}`;

/** The text for a workflow, with nothing in it that GitHub works out. */
export function inert(text: string): string {
  return text.replaceAll(opening, harmless);
}

/** The text that `inert` was given. */
export function read(text: string): string {
  return text.replaceAll(harmless, opening);
}
