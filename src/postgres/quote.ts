/** An identifier as SQL text, always quoted (documentation, chapter 4.1.1). */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
