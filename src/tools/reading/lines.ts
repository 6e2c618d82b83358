/** The line, from 1, on which a position of the text is. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let feed = text.indexOf('\n'); feed >= 0 && feed < offset; feed = text.indexOf('\n', feed + 1)) line += 1;
  return line;
}
