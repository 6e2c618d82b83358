import { htmlText, visibleLine } from '../escape.ts';
import type { DrawnColumn, DrawnTable, Link, Picture } from '../picture.ts';

/** The picture as HTML: a card for each table, and what it refers to below its columns. One line, as Markdown takes it. */
export function htmlPicture({ tables, links }: Picture): string {
  const cards = tables.map((table) =>
    card(
      table,
      links.filter(({ to }) => to === table.id),
    ),
  );
  return `<div class="picture">${cards.join('')}</div>\n`;
}

function card({ id, mark, columns, more }: DrawnTable, links: readonly Link[]): string {
  const rest = more > 0 ? `<tr><td colspan="3">… ${more} more</td></tr>` : '';
  const body = columns.length > 0 ? `<table>${columns.map(columnRow).join('')}${rest}</table>` : '';
  return `<section${classOf(mark)}><h2>${text(id)}${told(mark)}</h2>${body}${links.map(linkLine).join('')}</section>`;
}

function columnRow({ name, type, keys, mark }: DrawnColumn): string {
  const marks = keys.map((key) => `<abbr title="${keyNames[key] ?? ''}">${key}</abbr>`).join(' ');
  return `<tr${classOf(mark)}><td>${text(name)}</td><td>${text(type)}</td><td>${marks}${told(mark)}</td></tr>`;
}

const keyNames: Readonly<Record<string, string>> = { PK: 'primary key', FK: 'foreign key', UK: 'unique' };

function linkLine({ from, text: by }: Link): string {
  return `<p>${text(by)} → ${text(from)}</p>`;
}

function classOf(mark: string | undefined): string {
  return mark ? ` class="${mark}"` : '';
}

function told(mark: string | undefined): string {
  return mark ? ` <em>${mark}</em>` : '';
}

const text = (value: string) => htmlText(visibleLine(value));
