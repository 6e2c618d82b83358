import { styleText } from 'node:util';
import type { Finding } from '../model/finding.ts';
import type { CheckReport } from '../model/report.ts';
import { backupTexts, backupTimes } from './backup.ts';
import { shortened, visible, visibleLine } from './escape.ts';
import { schemaLines } from './schema.ts';
import {
  blockingWords,
  circumstances,
  count,
  fileOf,
  migrationsText,
  openFindings,
  statementAt,
  verdict,
} from './wording.ts';
import { wrapped } from './wrap.ts';

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const marks = { error: '✖', warning: '▲', notice: '•' } as const;
const colours = { error: 'red', warning: 'yellow', notice: 'blue' } as const;

/** The report for people at a terminal. `width` is in columns. */
export function terminal(
  report: CheckReport,
  { colour, width }: { readonly colour: boolean; readonly width: number },
): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const blocks = [
    ...openFindings(report).map((finding) => findingBlock(finding, report, paint, width)),
    schemaBlock(report, paint),
    backupBlock(report, paint, width),
    coverageBlock(report, paint),
    `${paint('bold', `${verdict(report).icon} ${visibleLine(verdict(report).text)}`)}\n${paint('dim', circumstances(report))}\n`,
  ];
  return `\n${blocks.filter(Boolean).join('\n')}`;
}

function findingBlock(finding: Finding, report: CheckReport, paint: Paint, width: number): string {
  const { severity, path, line, rule, message, blocking, instead } = finding;
  const statement = statementAt(report, finding);
  const lines = [
    `${paint(['bold', colours[severity]], `${marks[severity]} ${severity}`)}  ${visibleLine(path)}:${line}  ${paint('dim', rule)}`,
    ...(statement ? [paint('dim', `    ${visible(shortened(statement.sql, Math.max(20, width - 6)))}`)] : []),
    ...wrapped(visible(message), width - 4).map((each) => `    ${each}`),
    ...(blocking ? [paint('yellow', `    ${blockingWords(blocking)}`)] : []),
    ...(instead ? insteadLines(instead, paint, width) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function insteadLines(
  { text, migrations = [] }: NonNullable<Finding['instead']>,
  paint: Paint,
  width: number,
): string[] {
  const lines = [paint('green', '    instead:')];
  if (text) lines.push(...wrapped(visible(text), width - 6).map((each) => `      ${each}`));
  const sql = visible(migrationsText(migrations)).trimEnd();
  if (sql)
    lines.push(
      ...sql.split('\n').map((each) => (each ? `      ${each.startsWith('-- ') ? paint('dim', each) : each}` : '')),
    );
  return lines;
}

function schemaBlock(report: CheckReport, paint: Paint): string {
  const lines = schemaLines(report).map((line) => {
    if (line.startsWith('+')) return paint('green', visible(line));
    return line.startsWith('-') ? paint('red', visible(line)) : visible(line);
  });
  return lines.length > 0 ? `${paint('bold', 'Schema change')}\n${lines.map((each) => `  ${each}`).join('\n')}\n` : '';
}

function backupBlock({ onBackup }: CheckReport, paint: Paint, width: number): string {
  if (!onBackup) return '';
  const texts = backupTexts(onBackup).flatMap((text) => wrapped(visibleLine(text), width - 2));
  const times = backupTimes(onBackup).map(({ path, line, sql, took }) => {
    const where = `${visibleLine(fileOf(path))}:${line}`;
    return paint('dim', `${took}  ${where}  ${visible(shortened(sql, Math.max(20, width - where.length - 20)))}`);
  });
  return `${paint('bold', 'On a restored backup')}\n${[...texts, ...times].map((each) => `  ${each}`).join('\n')}\n`;
}

function coverageBlock({ coverage, observations, findings }: CheckReport, paint: Paint): string {
  const unobserved = observations.filter((each) => each.unobserved !== undefined && !each.error);
  const waived = findings.filter(({ status }) => status === 'waived').length;
  const lines = [
    ...(waived > 0 ? [`${count(waived, 'finding')} accepted by waiver`] : []),
    ...coverage.seeded.skipped.map(({ table, reason }) => `${table} has no rows: ${reason}`),
    ...unobserved.map(({ path, line, unobserved: why }) => `${path}:${line} was not wholly observed: ${why}`),
    ...coverage.notes,
  ];
  return lines.length > 0
    ? `${paint('bold', 'Coverage')}\n${lines.map((each) => `  ${visibleLine(each)}`).join('\n')}\n`
    : '';
}
