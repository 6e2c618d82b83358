import type { Finding } from '../model/finding.ts';
import type { CheckReport } from '../model/report.ts';
import { backupTexts, backupTimes } from './backup.ts';
import { code, fence, shortened, words } from './escape.ts';
import { isNotable, lockHead, lockRow } from './locks.ts';
import { mermaid } from './mermaid.ts';
import { type Picture, pictureOf } from './picture.ts';
import { schemaLines } from './schema.ts';
import { circumstances, count, fileOf, icons, migrationsText, openFindings, verdict, waiting } from './wording.ts';

/** GitHub refuses longer comments. */
const commentLimit = 65_536;

interface Options {
  /** In characters. */
  readonly limit?: number;
  /** Markdown that stands below the verdict. */
  readonly notes?: readonly string[];
  /** Whether everything below the verdict is folded away. */
  readonly collapsed?: boolean;
  /** Markdown that says where there is more, when not everything has room. */
  readonly whole?: string;
  /** The picture of the changed tables as Markdown; a Mermaid fence by default. */
  readonly draw?: (picture: Picture) => string;
}

/**
 * The report as GitHub-flavoured Markdown, verdict first, details folded. Rows and sections that do not fit into `limit`
 * characters are left out whole, the least important first, and that is said.
 */
export function markdown(report: CheckReport, options: Options = {}): string {
  const {
    limit = commentLimit,
    notes = [],
    collapsed = false,
    whole = 'The JSON report has it all.',
    draw = fenced,
  } = options;
  const { icon, text } = verdict(report);
  const told = [...notes, words(shortened(circumstances(report), 300))].map((each) => `\n${each}\n`).join('');
  const head = `### ${icon} Lockkeeper: ${words(shortened(text, 200))}\n${told}`;
  const foot = footer(report);
  const sections = [
    findingsTable(report),
    onBackup(report),
    instead(report),
    schemaChange(report, draw),
    locks(report),
    waived(report),
    coverage(report),
  ];
  const [open, close] = collapsed ? ['\n<details><summary>Details</summary>\n', '\n</details>\n'] : ['', ''];
  return fit(
    head + open,
    sections.filter((each) => each.rows.length > 0),
    foot + close,
    { limit, whole },
  );
}

/** A part that can be shortened: whole rows between what opens and closes it. */
interface Section {
  readonly name: string;
  readonly open: string;
  readonly rows: readonly string[];
  readonly close: string;
}

/** Takes sections in order of importance, as many rows of each as there is room for. */
function fit(
  head: string,
  sections: readonly Section[],
  foot: string,
  options: Required<Pick<Options, 'limit' | 'whole'>>,
) {
  const { limit, whole } = options;
  let room = limit - head.length - foot.length - whole.length - 300;
  const shown: string[] = [];
  const missing: string[] = [];
  for (const { name, open, rows, close } of sections) {
    let text = `\n${open}`;
    let taken = 0;
    for (const row of rows) {
      if (text.length + row.length + close.length > room) continue;
      text += row;
      taken += 1;
    }
    if (taken < rows.length) missing.push(taken === 0 ? name : `${rows.length - taken} more of ${name}`);
    if (taken === 0) continue;
    shown.push(text + close);
    room -= text.length + close.length;
  }
  const cut =
    missing.length > 0 ? `\n> Left out, as there is no more room here: ${missing.join(', ')}. ${whole}\n` : '';
  return `${head}${shown.join('')}${cut}${foot}`;
}

function findingsTable(report: CheckReport): Section {
  const findings = openFindings(report);
  const blocking = findings.some((each) => each.blocking);
  const rows = findings.map((finding) => {
    const [who, until] = finding.blocking ? waiting(finding.blocking) : ['–'];
    const told = `${words(shortened(finding.message, 1000))}<br>${code(finding.rule)}`;
    const waits = blocking ? ` ${words(who)}${until ? `,<br>${words(until)}` : ''} |` : '';
    return `| ${icons[finding.severity]} | ${place(finding)} | ${told} |${waits}\n`;
  });
  const open = blocking
    ? '| | where | what happens | who waits |\n|---|---|---|---|\n'
    : '| | where | what happens |\n|---|---|---|\n';
  return { name: 'the findings', open, rows, close: '' };
}

function onBackup({ onBackup: told }: CheckReport): Section {
  if (!told) return { name: '', open: '', rows: [], close: '' };
  const rows = backupTimes(told).map(
    ({ path, line, sql, took }) => `| ${code(`${fileOf(path)}:${line}`)} | ${code(shortened(sql, 200))} | ${took} |\n`,
  );
  const [first, ...others] = backupTexts(told).map(words);
  const open = `**On a restored backup**: ${first}\n${others.map((text) => `\n${text}\n`).join('')}`;
  const head = '\n<details><summary>Times on its rows</summary>\n\n| where | statement | took |\n|---|---|---:|\n';
  if (rows.length === 0) return { name: 'the backup', open: '', rows: [open], close: '' };
  return { name: 'the times on the backup', open: open + head, rows, close: '\n</details>\n' };
}

function instead(report: CheckReport): Section {
  const rows = openFindings(report).flatMap((finding, index) => {
    if (!finding.instead) return [];
    const { text, migrations = [] } = finding.instead;
    const parts = [text && `${words(text)}\n`, migrations.length > 0 && fence(migrationsText(migrations), 'sql')];
    return [
      `${index > 0 ? '\n' : ''}**${place(finding)}** · ${words(finding.rule)}\n\n${parts.filter(Boolean).join('\n')}`,
    ];
  });
  return folded('what to write instead', 'What to write instead', rows);
}

function schemaChange(report: CheckReport, draw: (picture: Picture) => string): Section {
  const lines = schemaLines(report);
  if (lines.length === 0) return folded('the schema change', 'Schema change', []);
  const picture = pictureOf(report);
  const rows = [fence(lines.join('\n'), 'diff'), ...(picture ? [`\n${draw(picture)}`] : [])];
  return folded('the schema change', `Schema change: ${count(report.changes.length, 'object')}`, rows);
}

const fenced = (picture: Picture) => fence(mermaid(picture), 'mermaid');

function locks(report: CheckReport): Section {
  const notable = report.observations.filter(isNotable);
  const silent = report.observations.length - notable.length;
  const note = silent > 0 ? `\n${count(silent, 'more statement')} kept nobody waiting further.\n` : '';
  const section = folded('the locks', 'Locks, statement by statement', notable.map(lockRow));
  return { ...section, open: section.open + lockHead, close: note + section.close };
}

function waived(report: CheckReport): Section {
  const rows = report.findings
    .filter(({ status }) => status === 'waived')
    .map(
      (finding) =>
        `- ${place(finding)} ${code(finding.rule)}: ${words(finding.waiver?.reason ?? '')}${finding.waiver?.until ? ` (until ${words(finding.waiver.until)})` : ''}\n`,
    );
  return folded('the waivers', `Accepted by waiver: ${rows.length}`, rows);
}

function coverage(report: CheckReport): Section {
  const { seeded, notes } = report.coverage;
  const unobserved = report.observations.filter((each) => each.unobserved !== undefined && !each.error);
  const rows = [
    ...seeded.skipped.map(({ table, reason }) => `- ${code(table)} has no rows: ${words(reason)}\n`),
    ...unobserved.map(
      ({ path, line, unobserved: why }) =>
        `- ${code(`${fileOf(path)}:${line}`)} was not wholly observed: ${words(why ?? '')}\n`,
    ),
    ...notes.map((note) => `- ${words(note)}\n`),
  ];
  return folded('the coverage', 'Coverage: what this does not tell', rows);
}

function folded(name: string, title: string, rows: readonly string[]): Section {
  return { name, open: `<details><summary>${words(title)}</summary>\n\n`, rows, close: '\n</details>\n' };
}

function place({ path, line }: Finding): string {
  return code(`${fileOf(path)}:${line}`);
}

function footer(report: CheckReport): string {
  const against = report.base.commit
    ? `against ${code(report.base.commit.slice(0, 9))}`
    : report.base.appliedThrough
      ? `applied through ${code(shortened(report.base.appliedThrough, 100))}`
      : '';
  const print = report.fingerprints
    ? ` · schema ${code(report.fingerprints.before.slice(0, 12))} → ${code(report.fingerprints.after.slice(0, 12))}`
    : '';
  return `\n<sub>Lockkeeper ${words(shortened(report.lockkeeper, 40))} · ${words(shortened(report.tool.title, 60))}${against ? ` · ${against}` : ''}${print}</sub>\n`;
}
