/** An identifier as SQL text, always quoted (documentation, chapter 4.1.1). */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A text as SQL text, whatever `standard_conforming_strings` is (documentation, chapter 4.1.2.2). */
export function literal(text: string): string {
  return `E'${text.replaceAll(/['\\]/g, '$&$&')}'`;
}
