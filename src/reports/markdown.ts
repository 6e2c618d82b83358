import type { Finding } from '../model/finding.ts';
import { blocks, type Lock, type Observation, strength } from '../model/observation.ts';
import type { CheckReport } from '../model/report.ts';
import { diagram } from './diagram.ts';
import { code, fence, shortened, words } from './escape.ts';
import { schemaLines } from './schema.ts';
import { blockingWords, circumstances, count, fileOf, icons, openFindings, verdict } from './wording.ts';

/** GitHub refuses longer comments. */
export const commentLimit = 65_536;

interface Options {
  /** In characters. */
  readonly limit?: number;
  /** Markdown that stands below the verdict. */
  readonly notes?: readonly string[];
  /** Whether everything below the verdict is folded away. */
  readonly collapsed?: boolean;
  /** Markdown that says where there is more, when not everything has room. */
  readonly whole?: string;
}

/**
 * The report as GitHub-flavoured Markdown, verdict first, details folded. Rows and sections that do not fit into `limit`
 * characters are left out whole, the least important first, and that is said.
 */
export function markdown(report: CheckReport, options: Options = {}): string {
  const { limit = commentLimit, notes = [], collapsed = false, whole = 'The JSON report has it all.' } = options;
  const { icon, text } = verdict(report);
  const told = [...notes, words(shortened(circumstances(report), 300))].map((each) => `\n${each}\n`).join('');
  const head = `### ${icon} Lockkeeper: ${words(shortened(text, 200))}\n${told}`;
  const foot = footer(report);
  const sections = [
    findingsTable(report),
    instead(report),
    schemaChange(report),
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
  const rows = openFindings(report).map((finding) => {
    const wait = finding.blocking ? blockingWords(finding.blocking) : '–';
    return `| ${icons[finding.severity]} | ${place(finding)} | ${words(shortened(finding.message, 1000))}<br>${code(finding.rule)} | ${words(wait)} |\n`;
  });
  return { name: 'the findings', open: '| | where | what happens | who waits |\n|---|---|---|---|\n', rows, close: '' };
}

function instead(report: CheckReport): Section {
  const rows = openFindings(report).flatMap((finding) => {
    if (!finding.instead) return [];
    const { text, migrations = [] } = finding.instead;
    const parts = migrations.map(({ sql, outsideTransaction }, index) => {
      const label = [
        migrations.length > 1 ? `migration ${index + 1}` : '',
        outsideTransaction ? 'outside a transaction' : '',
      ]
        .filter(Boolean)
        .join(', ');
      return `${label ? `${label}:\n` : ''}${fence(sql, 'sql')}`;
    });
    return [
      `**${place(finding)}** · ${words(finding.rule)}\n\n${text ? `${words(text)}\n\n` : ''}${parts.join('\n')}\n`,
    ];
  });
  return folded('what to write instead', 'What to write instead', rows);
}

function schemaChange(report: CheckReport): Section {
  const lines = schemaLines(report);
  if (lines.length === 0) return folded('the schema change', 'Schema change', []);
  const picture = diagram(report);
  const rows = [fence(lines.join('\n'), 'diff'), ...(picture ? [`\n${fence(picture, 'mermaid')}`] : [])];
  return folded('the schema change', `Schema change: ${count(report.changes.length, 'object')}`, rows);
}

function locks(report: CheckReport): Section {
  const rows = report.observations.filter(isNotable).map((each) => {
    const where = `${code(fileOf(each.path))}:${each.line}`;
    const rewritten = each.rewritten.map(code).join(', ') || '–';
    const scanned = each.scanned.map(code).join(', ') || '–';
    const told = each.error ? `⛔ ${words(each.error.message)}` : locksOf(each);
    return `| ${where} | ${code(shortened(each.sql, 90))} | ${told}${each.unobserved && !each.error ? `<br>${words(each.unobserved)}` : ''} | ${rewritten} | ${scanned} |\n`;
  });
  const open = '| where | statement | locks | rewritten | scanned |\n|---|---|---|---|---|\n';
  const silent = report.observations.length - rows.length;
  const note =
    silent > 0 ? `\n${count(silent, 'more statement')} touched nothing that was there before, or only read it.\n` : '';
  const section = folded('the locks', 'Locks, statement by statement', rows);
  return { ...section, open: section.open + open, close: note + section.close };
}

function isNotable({ locks: taken, held, error, unobserved, rewritten, scanned }: Observation): boolean {
  if (error !== undefined || unobserved !== undefined || rewritten.length > 0) return true;
  const strong = ({ mode }: Lock) => blocks(mode) !== 'nothing';
  return taken.some(strong) || held.some((lock) => strong(lock) && scanned.includes(lock.relation));
}

/** Locks it added; where it works on tables that earlier statements hold, those. */
function locksOf({ locks: taken, held, scanned, rewritten }: Observation): string {
  const added = lockWords(taken);
  const worked = held.filter(({ relation }) => scanned.includes(relation) || rewritten.includes(relation));
  const before = taken.some(({ mode }) => blocks(mode) !== 'nothing') ? '–' : lockWords(worked);
  return before === '–' ? added : `still holds ${before}`;
}

/** The strongest lock on each table; indexes go with their tables. */
function lockWords(taken: readonly Lock[]): string {
  const strongest = new Map<string, Lock>();
  for (const lock of taken) {
    const before = strongest.get(lock.relation);
    if (!lock.table && (!before || strength(lock.mode) > strength(before.mode))) strongest.set(lock.relation, lock);
  }
  const lines = [...strongest.values()]
    .sort((a, b) => strength(b.mode) - strength(a.mode))
    .map(({ relation, mode }) => {
      const effect = blocks(mode) === 'nothing' ? '' : `, blocks ${blocks(mode)}`;
      return `${code(relation)} ${words(
        mode
          .replace(/Lock$/, '')
          .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
          .toUpperCase(),
      )}${effect}`;
    });
  return lines.join('<br>') || '–';
}

function waived(report: CheckReport): Section {
  const rows = report.findings
    .filter(({ status }) => status === 'waived')
    .map(
      (finding) =>
        `- ${place(finding)} ${words(finding.rule)}: ${words(finding.waiver?.reason ?? '')}${finding.waiver?.until ? ` (until ${words(finding.waiver.until)})` : ''}\n`,
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
        `- ${code(fileOf(path))}:${line} was not wholly observed: ${words(why ?? '')}\n`,
    ),
    ...notes.map((note) => `- ${words(note)}\n`),
  ];
  return folded('the coverage', 'Coverage: what this does not tell', rows);
}

function folded(name: string, title: string, rows: readonly string[]): Section {
  return { name, open: `<details><summary>${words(title)}</summary>\n\n`, rows, close: '\n</details>\n' };
}

function place({ path, line }: Finding): string {
  return `${code(fileOf(path))}:${line}`;
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
