/** The words of a name in snake or camel case, in lower case. */
export function wordsOf(name: string): string[] {
  return name
    .split(/[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u)
    .filter(Boolean)
    .map((each) => each.toLowerCase());
}

/** Whether a column seems to tell rows apart, its own or another table's: `id`, `ownerId`, `created_by`. */
export function isKeyLike(name: string): boolean {
  return ['id', 'uid', 'uuid', 'guid', 'by'].includes(wordsOf(name).at(-1) ?? '');
}

/** A table's name as columns elsewhere say it: `order item` for `order_items`. */
export function singular(words: readonly string[]): string {
  return words
    .join(' ')
    .replace(/ies$/, 'y')
    .replace(/(?<=(?<![ao])us|ss|x|ch|sh)es$/, '')
    .replace(/(?<!s|u|i)s$/, '');
}
