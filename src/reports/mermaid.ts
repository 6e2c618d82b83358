import { mermaidName, mermaidText } from './escape.ts';
import type { DrawnColumn, DrawnTable, Link, Picture } from './picture.ts';

/** The picture as Mermaid, which GitHub draws; columns and tables are marked as added, changed or removed. */
export function mermaid({ tables, links }: Picture): string {
  return ['erDiagram', ...tables.flatMap(tableLines), ...links.map(linkLine)].join('\n');
}

function tableLines({ id, mark, columns, more }: DrawnTable): string[] {
  const head = `    ${mermaidName(id)}["${mermaidText(id)}${mark ? ` ${mark}` : ''}"]`;
  if (columns.length + more === 0) return [head];
  const rest = more > 0 ? [`        _ ${more}_more_columns`] : [];
  return [`${head} {`, ...columns.map(columnLine), ...rest, '    }'];
}

function columnLine({ name, type, keys, mark }: DrawnColumn): string {
  const told = keys.length > 0 ? ` ${keys.join(',')}` : '';
  return `        ${mermaidName(type)} ${mermaidName(name)}${told}${mark ? ` "${mark}"` : ''}`;
}

function linkLine({ from, to, text }: Link): string {
  return `    ${mermaidName(from)} ||--o{ ${mermaidName(to)} : "${mermaidText(text)}"`;
}
