import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { CheckReport } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import { shortened, visible } from './escape.ts';
import { blockingWords, count, pathInRepository } from './wording.ts';

/** What the report says of a rule itself. */
export type RuleTexts = Pick<Rule, 'id' | 'severity' | 'what' | 'why' | 'instead' | 'sources'>;

/** GitHub refuses a run with more results, and shows this many, the most severe first ("SARIF results exceed limits"). */
const mostResults = 25_000;
const mostShown = 5_000;

/** GitHub cuts descriptions of rules there ("SARIF support", reportingDescriptor); messages are held to the same. */
const longestText = 1_024;

/** Coverage notes that go along; the JSON report has all. */
const mostNotes = 100;

const levels = { error: 'error', warning: 'warning', notice: 'note' } as const;
const home = 'https://github.com/lockkeeper/lockkeeper';

/**
 * The findings as SARIF 2.1.0 (OASIS), in the form that GitHub's code scanning reads. Paths start at the repository's
 * top. `rules` are those that were asked, whether they found something or not.
 */
export function sarif(report: CheckReport, rules: readonly RuleTexts[]): string {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const statementAt = statementsOf(report);
  const print = fingerprints(statementAt);
  const results = report.findings.slice(0, mostResults).map((finding) => ({
    ruleId: finding.rule,
    ...(indexes.has(finding.rule) && { ruleIndex: indexes.get(finding.rule) }),
    level: levels[finding.severity],
    message: { text: messageOf(finding) },
    locations: [{ physicalLocation: placeOf(finding, report, statementAt(finding)) }],
    partialFingerprints: print(finding),
    ...(finding.status === 'waived' && { suppressions: [suppressionOf(finding)] }),
  }));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driverOf(report, rules) },
        automationDetails: { id: category(report) },
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The top folder of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(report)],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function driverOf({ lockkeeper }: CheckReport, rules: readonly RuleTexts[]) {
  return {
    name: 'Lockkeeper',
    semanticVersion: lockkeeper,
    informationUri: home,
    rules: rules.map((rule) => ({
      id: rule.id,
      shortDescription: { text: shortened(rule.what, longestText) },
      fullDescription: { text: shortened(rule.why, longestText) },
      help: {
        text: `What: ${rule.what}\nWhy: ${rule.why}\nInstead: ${rule.instead}`,
        markdown: `**What**: ${rule.what}\n\n**Why**: ${rule.why}\n\n**Instead**: ${rule.instead}\n\nSources: ${rule.sources.join(' · ')}`,
      },
      helpUri: `${home}/blob/main/docs/rules.md#${rule.id}`,
      defaultConfiguration: { level: levels[rule.severity] },
      properties: {
        tags: ['postgresql', 'migrations'],
        'problem.severity': rule.severity === 'notice' ? 'recommendation' : rule.severity,
      },
    })),
  };
}

/** What GitHub tells several analyses of one commit apart by: the folders. The part behind the last `/` would be the run. */
function category(report: CheckReport): string {
  const folders = report.tool.folders.map((folder) => uri(pathInRepository(report, folder)) || '.');
  return `lockkeeper/${folders.join('+')}/`;
}

function invocationOf(report: CheckReport) {
  const { startedAt, milliseconds, outcome, failOn, findings, coverage } = report;
  const [more, less] = [findings.length - mostResults, findings.length - mostShown];
  const cut = [
    ...(more > 0
      ? [`${count(more, 'finding')} left out, as GitHub takes ${mostResults}; the JSON report has all.`]
      : []),
    ...(less > 0 ? [`GitHub shows ${mostShown} of ${findings.length} findings, the most severe.`] : []),
  ];
  const notes = coverage.notes.slice(0, mostNotes);
  const notifications = [
    ...cut.map((text) => ({ level: 'warning', message: { text } })),
    ...notes.map((note) => ({ level: 'note', message: { text: plain(note) } })),
  ];
  return {
    executionSuccessful: true,
    startTimeUtc: startedAt,
    endTimeUtc: new Date(Date.parse(startedAt) + milliseconds).toISOString(),
    exitCode: outcome === 'passed' ? 0 : 1,
    exitCodeDescription: outcome === 'passed' ? `no finding at or above ${failOn}` : `findings at or above ${failOn}`,
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  };
}

function messageOf({ message, blocking, instead }: Finding): string {
  const wait = blocking ? ` Who waits: ${blockingWords(blocking)}.` : '';
  return plain(`${message}${wait}${instead?.text ? ` Instead: ${instead.text}` : ''}`);
}

/**
 * Text of a message in which nothing is a placeholder or a link (SARIF 2.1.0, 3.11.5 and 3.11.6): those are what would
 * speak to the reader in somebody else's name.
 */
function plain(text: string): string {
  return shortened(visible(text), longestText - 24)
    .replaceAll(/\{(?=\d+\})/g, '{{')
    .replaceAll(/(?<=\{\{\d+)\}/g, '}}')
    .replaceAll('](', '\\](');
}

function placeOf({ path, line }: Finding, report: CheckReport, statement: Statement | undefined) {
  return {
    artifactLocation: { uri: uri(pathInRepository(report, path)), uriBaseId: '%SRCROOT%' },
    // whole lines: what a column counts differs from viewer to viewer
    region: { startLine: line, startColumn: 1, endLine: statement?.endLine ?? line },
  };
}

function uri(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}

interface Statement {
  readonly sql: string;
  readonly line: number;
  readonly endLine: number;
}

type StatementAt = (finding: Finding) => Statement | undefined;

/** Finds the statement that stands at a finding's place. */
function statementsOf({ observations }: CheckReport): StatementAt {
  const byPath = Map.groupBy(
    observations.map(({ path, line, sql }) => ({ path, line, sql, endLine: line + sql.split('\n').length - 1 })),
    ({ path }) => path,
  );
  return ({ path, line }) => byPath.get(path)?.find((each) => each.line <= line && line <= each.endLine);
}

/**
 * What says that a result of one run is that of another, wherever its lines have moved: the rule, the migration, and the
 * statement's words (without a statement the message). Equal ones are numbered. GitHub reads `primaryLocationLineHash`.
 */
function fingerprints(statementAt: StatementAt): (finding: Finding) => Record<string, string> {
  const seen = new Map<string, number>();
  return (finding) => {
    const { rule, migration, path, message } = finding;
    const text = statementAt(finding)?.sql ?? message;
    const identity = JSON.stringify([rule, migration ?? path, text.replaceAll(/\s+/g, ' ').trim()]);
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 32);
    const occurrence = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, occurrence);
    return { primaryLocationLineHash: `${hash}:${occurrence}`, 'lockkeeper/v1': `${hash}:${occurrence}` };
  };
}

function suppressionOf({ waiver }: Finding) {
  const until = waiver?.until ? ` (until ${waiver.until})` : '';
  return {
    kind: 'inSource',
    status: 'accepted',
    justification: `${shortened(visible(waiver?.reason ?? ''), longestText)}${until}`,
  };
}
