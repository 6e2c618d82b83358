import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Finding } from '../../src/model/finding.ts';
import type { CheckReport } from '../../src/model/report.ts';
import { sarif } from '../../src/reports/sarif.ts';
import { rules } from '../../src/rules/index.ts';
import { sampleReport } from './sample.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
        readonly region: { readonly startLine: number; readonly endLine: number };
      };
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly [
    {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications?: readonly { readonly message: { readonly text: string } }[];
    },
  ];
  readonly results: readonly Result[];
}

/** `sarif-2.1.0.json` of Microsoft's npm package `@microsoft/sarif-multitool-linux` 5.7.0 (MIT licence). */
const schema = JSON.parse(await readFile('test/reports/sarif-2.1.0.schema.json', 'utf8'));
const matches = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

/** The run, after the official schema and GitHub's rules for uploads have been held against the text. */
function runOf(report: CheckReport): Run {
  const log = JSON.parse(sarif(report, rules)) as { runs: [Run] };
  assert.ok(matches(log), JSON.stringify(matches.errors));
  const [run] = log.runs;
  assert.ok(run.results.length <= 25_000);
  for (const { ruleId, ruleIndex, message, locations, partialFingerprints } of run.results) {
    assert.ok(message.text.length > 0 && message.text.length <= 1_024, message.text);
    const { artifactLocation, region } = locations[0].physicalLocation;
    assert.doesNotMatch(artifactLocation.uri, /^\/|:|\\|\s|(^|\/)\.\.(\/|$)/, 'a relative path');
    assert.ok(region.startLine >= 1 && region.endLine >= region.startLine);
    assert.ok(partialFingerprints.primaryLocationLineHash);
    if (ruleIndex !== undefined) assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
  }
  return run;
}

function withFindings(findings: readonly Partial<Finding>[], more: Partial<CheckReport> = {}): CheckReport {
  const report = sampleReport();
  const first = report.findings[0] as Finding;
  return { ...report, findings: findings.map((each) => ({ ...first, ...each })), ...more };
}

test('every rule is there with its texts, and what it found with level and place', () => {
  const run = runOf(sampleReport('plain', 7));
  assert.deepEqual(
    run.tool.driver.rules.map(({ id }) => id),
    rules.map(({ id }) => id),
  );
  assert.deepEqual(
    run.results.slice(0, 3).map(({ ruleId, level, locations }) => [ruleId, level, locations[0].physicalLocation]),
    (['error', 'warning', 'note'] as const).map((level, index) => [
      'index-not-concurrent',
      level,
      {
        artifactLocation: { uri: 'migrations/plain.sql', uriBaseId: '%SRCROOT%' },
        region: { startLine: 3 + index, startColumn: 1, endLine: 3 + index },
      },
    ]),
  );
});

test('the region is the whole statement, the path starts at the repository’s top', () => {
  const report = sampleReport();
  const [statement] = report.observations;
  assert.ok(statement);
  const path = 'db/ü b#1.sql';
  const observations = [{ ...statement, path, line: 10, sql: 'CREATE INDEX i\n  ON t\n  (a)' }];
  const run = runOf(withFindings([{ path, line: 10 }], { folder: 'services/billing & co', observations }));
  const { artifactLocation, region } = run.results[0]?.locations[0].physicalLocation ?? assert.fail();
  assert.equal(artifactLocation.uri, 'services/billing%20%26%20co/db/%C3%BC%20b%231.sql');
  assert.deepEqual(region, { startLine: 10, startColumn: 1, endLine: 12 });
  assert.equal(run.automationDetails.id, 'lockkeeper/services/billing%20%26%20co/migrations/');
});

test('fingerprints outlive moved lines and new line breaks, and tell equal statements apart', () => {
  const at = (line: number, sql: string) => {
    const [statement] = sampleReport().observations;
    assert.ok(statement);
    return { ...statement, path: 'a.sql', migration: '1', line, sql };
  };
  const finding = (line: number) => ({ path: 'a.sql', migration: '1', line });
  const prints = (report: CheckReport) =>
    runOf(report).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  const before = withFindings([finding(1), finding(2)], {
    observations: [at(1, 'DROP TABLE a'), at(2, 'DROP TABLE b')],
  });
  const moved = withFindings([finding(7), finding(9)], {
    observations: [at(7, 'DROP\n TABLE  a'), at(9, 'DROP TABLE b')],
  });
  assert.deepEqual(prints(before), prints(moved));
  const twice = prints(
    withFindings([finding(1), finding(2)], { observations: [at(1, 'DROP TABLE a'), at(2, 'DROP TABLE a')] }),
  );
  assert.equal(twice[0], prints(before)[0]);
  assert.equal(new Set(twice).size, 2);
  const other = withFindings([{ ...finding(1), migration: '2' }], { observations: [at(1, 'DROP TABLE a')] });
  assert.notEqual(prints(other)[0], twice[0]);
});

test('what is waived is suppressed, with the reason', () => {
  const waiver = { reason: 'the table is empty', until: '2027-01-31', line: 2 };
  const [open, waived] = runOf(withFindings([{}, { status: 'waived', waiver }])).results;
  assert.equal(open?.suppressions, undefined);
  assert.deepEqual(waived?.suppressions, [
    { kind: 'inSource', status: 'accepted', justification: 'the table is empty (until 2027-01-31)' },
  ]);
});

test('at GitHub’s limits the least severe are cut, and that is said', () => {
  const severities = ['error', 'warning', 'notice'] as const;
  const many = Array.from({ length: 25_001 }, (_, index) => ({
    severity: severities[Math.floor(index / 9000)] ?? 'notice',
    line: index + 1,
  }));
  const run = runOf(withFindings(many, { coverage: { ...sampleReport().coverage, notes: [] } }));
  assert.equal(run.results.length, 25_000);
  assert.equal(run.results.at(-1)?.level, 'note');
  assert.deepEqual(
    run.invocations[0].toolExecutionNotifications?.map(({ message }) => message.text),
    [
      '1 finding left out, as GitHub takes 25000; the JSON report has all.',
      'GitHub shows 5000 of 25001 findings, the most severe.',
    ],
  );
});

test('a report without findings is a run without results', () => {
  const run = runOf(withFindings([], { outcome: 'passed' }));
  assert.deepEqual(run.results, []);
  assert.equal(run.invocations[0].executionSuccessful, true);
});

const hostile = [
  '"}],"runs":[{"tool":{}}]',
  '[click](https://evil.example)',
  '{0} and {1}',
  '..%2f..%2fetc%2fpasswd?x=1#y',
  'file:///etc/passwd',
  '\u202egnp.sql',
  'a\u0000b\u001b[31m',
  '\ud800 alone',
  '![x](https://evil.example/p.png)<img src=x>',
  'x'.repeat(70_000),
  '\n::error::pwned\n',
];

test('text from SQL, file names and waivers stays text', () => {
  for (const text of hostile) {
    for (const { message } of runOf(sampleReport(text, 7)).results) {
      assert.doesNotMatch(message.text, /(?<!\\)\]\(/, 'no link');
      assert.doesNotMatch(message.text, /(?<!\{)\{\d+\}(?!\})/, 'no placeholder');
      assert.doesNotMatch(message.text, /[\p{Cc}\p{Cf}]/u, 'nothing invisible');
    }
  }
});
