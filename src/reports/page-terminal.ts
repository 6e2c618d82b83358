import { styleText } from 'node:util';
import { visibleLine } from './escape.ts';
import type { Fact, Page, Part, Step, Table } from './page.ts';
import { padded, widthOf, wrapped } from './wrap.ts';

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Sentences of one kind: who wants more has the JSON report. */
const most = 50;

/** The page for people at a terminal, who read it from its end. `width` is in columns; more than 100 are not used. */
export function terminalPage(
  { good, headline, problems = [], parts, notes = [], next = [] }: Page,
  { colour, width }: { readonly colour: boolean; readonly width: number },
): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const columns = Math.min(width, 100);
  const verdict = wrapped(visibleLine(headline), columns - 2).join('\n  ');
  const blocks = [
    ...parts.filter(({ folded }) => !folded).map((part) => partOf(part, columns, paint)),
    sentences(problems, columns, paint('red', '✖')),
    sentences(notes, columns, '•'),
    `${paint(['bold', good ? 'green' : 'red'], good ? '✔' : '✖')} ${paint('bold', verdict)}\n`,
    next.map((each) => step(each, paint)).join('\n'),
  ];
  return `\n${blocks.filter(Boolean).join('\n')}`;
}

function sentences(texts: readonly string[], columns: number, mark: string): string {
  const left = texts.length - most;
  const lines = texts.slice(0, most).map((each) => `${mark} ${wrapped(visibleLine(each), columns - 2).join('\n  ')}\n`);
  return `${lines.join('')}${left > 0 ? `  … and ${left} more\n` : ''}`;
}

function partOf({ title, facts = [], table }: Part, columns: number, paint: Paint): string {
  const blocks = [factLines(facts, columns, paint), table ? tableLines(table, columns, paint) : ''];
  return `${title ? `${paint('bold', visibleLine(title))}\n` : ''}${blocks.filter(Boolean).join('\n')}`;
}

function factLines(facts: readonly Fact[], columns: number, paint: Paint): string {
  const wide = Math.max(0, ...facts.map(({ label }) => label.length));
  return facts
    .map(({ label, value }) => {
      const lines = wrapped(visibleLine(value), columns - wide - 4);
      return `  ${paint('dim', label.padEnd(wide))}  ${lines.join(`\n${' '.repeat(wide + 4)}`)}\n`;
    })
    .join('');
}

/** With less room than this, in columns, what stands in the last column has lines of its own below the row. */
const narrow = 20;

function tableLines({ columns, rows }: Table, width: number, paint: Paint): string {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) => row.map(visibleLine));
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => widthOf(row[index] ?? ''))));
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + 2, 2);
  const fits = before + Math.min(narrow, widths.at(-1) ?? 0) <= width;
  const layout = { columns, widths, indent: fits ? before : 6, fits, width };
  const [head = '', ...body] = cells.map((row) => rowLines(row, layout).join('\n'));
  return [paint('dim', head), ...body].map((each) => `${each}\n`).join('');
}

interface Layout {
  readonly columns: Table['columns'];
  readonly widths: readonly number[];
  /** Of further lines. */
  readonly indent: number;
  /** Whether the last column begins beside the others. */
  readonly fits: boolean;
  readonly width: number;
}

function rowLines(row: readonly string[], { columns, widths, indent, fits, width }: Layout): string[] {
  const cells = row.map((cell, index) => padded(cell, widths[index] ?? 0, columns[index]?.right));
  const last = columns.at(-1)?.right ? [cells.at(-1) ?? ''] : wrapped(row.at(-1) ?? '', width - indent);
  const first = `  ${[...cells.slice(0, -1), ...(fits ? last.slice(0, 1) : [])].join('  ')}`.trimEnd();
  const rest = last.slice(fits ? 1 : 0).filter(Boolean);
  return [first, ...rest.map((each) => ' '.repeat(indent) + each)];
}

function step({ text, command }: Step, paint: Paint): string {
  return `${paint('dim', `${visibleLine(text)}:`)}\n  ${visibleLine(command)}\n`;
}
