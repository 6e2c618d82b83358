import { styleText } from 'node:util';
import type { Presentation } from '../model/host.ts';
import { visibleLine, words } from './escape.ts';
import type { Page, Table } from './page.ts';

/** A page in every form that a host may ask for. */
export function presentationOfPage(page: Page, outputs: Readonly<Record<string, string>>): Presentation {
  return {
    terminal: ({ colour }) => terminalPage(page, colour),
    markdown: (limit) => markdownPage(page, limit),
    comment: ({ limit }) => markdownPage(page, limit),
    idle: false,
    annotations: () => [],
    outputs: () => ({ outcome: page.good ? 'passed' : 'failed', ...outputs }),
  };
}

function terminalPage({ good, headline, facts, tables, notes }: Page, colour: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const wide = Math.max(0, ...facts.map(([label]) => label.length));
  const blocks = [
    facts.map(([label, value]) => `  ${paint('dim', label.padEnd(wide))}  ${visibleLine(value)}\n`).join(''),
    ...tables.map((each) => `${each.title ? `${paint('bold', each.title)}\n` : ''}${columns(each)}`),
    notes.map((each) => `${visibleLine(each)}\n`).join(''),
    `${paint('bold', `${good ? '✔' : '✖'} ${visibleLine(headline)}`)}\n`,
  ];
  return `\n${blocks.filter(Boolean).join('\n')}`;
}

function columns({ head, rows }: Table): string {
  const cells = [head, ...rows].map((row) => row.map(visibleLine));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
    .concat('\n');
}

/** As many rows of each table as the limit allows. */
export function markdownPage(page: Page, limit = Number.POSITIVE_INFINITY): string {
  for (let rows = Math.max(0, ...page.tables.map((each) => each.rows.length)); ; rows = Math.floor(rows / 2)) {
    const text = markdownOf(page, rows);
    if (text.length <= limit || rows === 0) return text.slice(0, limit);
  }
}

function markdownOf({ good, headline, facts, tables, notes }: Page, rows: number): string {
  const blocks = [
    `### ${good ? '✅' : '❌'} Lockkeeper: ${words(headline)}\n`,
    facts.map(([label, value]) => `- **${words(label)}**: ${words(value)}\n`).join(''),
    ...tables.map((each) => markdownTable(each, rows)),
    notes.map((each) => `- ${words(each)}\n`).join(''),
  ];
  return blocks.filter(Boolean).join('\n');
}

function markdownTable({ title, head, rows }: Table, most: number): string {
  const line = (cells: readonly string[]) => `| ${cells.map(words).join(' | ')} |\n`;
  const left = rows.length - most;
  return [
    title ? `**${words(title)}**\n\n` : '',
    line(head),
    `|${'---|'.repeat(head.length)}\n`,
    ...rows.slice(0, most).map(line),
    left > 0 ? `\n… and ${left} more\n` : '',
  ].join('');
}
