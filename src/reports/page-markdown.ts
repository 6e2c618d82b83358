import { code, fence, words } from './escape.ts';
import type { Column, Fact, Page, Part, Step, Table } from './page.ts';

/** The page in Markdown: of long lists as much as the limit, in characters, allows. `below` is Markdown under the verdict. */
export function markdownPage(page: Page, limit = Number.POSITIVE_INFINITY, below = ''): string {
  for (let most = longest(page); ; most = Math.floor(most / 2)) {
    const text = markdownOf(page, most, below);
    if (text.length <= limit || most === 0) return text.slice(0, limit);
  }
}

function longest({ problems = [], notes = [], parts }: Page): number {
  return Math.max(problems.length, notes.length, ...parts.map(({ table }) => table?.rows.length ?? 0));
}

function markdownOf(page: Page, most: number, below: string): string {
  const { good, headline, problems = [], parts, notes = [], next = [] } = page;
  const blocks = [
    `### ${good ? '✅' : '❌'} Lockkeeper: ${words(headline)}\n`,
    below && `${below}\n`,
    list(problems, most),
    ...parts.map((part) => partOf(part, most)),
    list(notes, most),
    ...next.map(step),
  ];
  return blocks.filter(Boolean).join('\n');
}

/** Marked otherwise than facts, so that the two are two lists where one follows the other. */
function list(sentences: readonly string[], most: number): string {
  const left = sentences.length - most;
  const shown = sentences.slice(0, most).map((each) => `* ${words(each)}\n`);
  return `${shown.join('')}${left > 0 ? `* … and ${left} more\n` : ''}`;
}

function partOf({ title, facts = [], table, folded }: Part, most: number): string {
  const body = [facts.map(fact).join(''), table ? tableOf(table, most) : ''].filter(Boolean).join('\n');
  if (folded) return `<details><summary>${words(title ?? 'More')}</summary>\n\n${body}\n</details>\n`;
  return title ? `**${words(title)}**\n\n${body}` : body;
}

function fact({ label, value, code: copied }: Fact): string {
  return `- **${words(label)}**: ${copied ? code(value) : words(value)}\n`;
}

function tableOf({ columns, rows }: Table, most: number): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const left = rows.length - most;
  return [
    line(columns.map(({ title }) => words(title))),
    `|${columns.map(({ right }) => (right ? '--:|' : '---|')).join('')}\n`,
    ...rows.slice(0, most).map((row) => line(columns.map((column, index) => cell(row[index] ?? '', column)))),
    left > 0 ? `\n… and ${left} more\n` : '',
  ].join('');
}

function cell(text: string, { code: copied, right }: Column): string {
  if (copied && text) return code(text);
  return right ? words(text).replaceAll(' ', '&nbsp;') : words(text);
}

function step({ text, command }: Step): string {
  return `${words(text)}:\n\n${fence(command, 'sh')}`;
}
