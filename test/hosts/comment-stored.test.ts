import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { sampleReport } from '../reports/sample.ts';
import { runProgram } from '../support/program.ts';
import {
  commit,
  forkEvent,
  postStored,
  pullRequestEvent,
  runAction,
  runId,
  storeArchive,
  storeForkReport,
} from './api-runs.ts';
import { LocalGitHub, refusal } from './api-server.ts';

const report = JSON.stringify(sampleReport());

/** Posts what `prepare` makes of a good report; nothing may have been written unless the exit code is 0. */
async function posted(
  prepare: (github: LocalGitHub) => unknown,
): Promise<{ status: number | null; stdout: string; github: LocalGitHub }> {
  await using github = await LocalGitHub.start();
  storeForkReport(github, report);
  const event = prepare(github) ?? forkEvent();
  const { status, stdout } = await postStored(github, event);
  // a fork that is gone is null, which the description does not know
  assert.deepEqual(
    github.complaints.filter((each) => !/head\/repo must be object/.test(each)),
    [],
    stdout,
  );
  if (status !== 0) assert.deepEqual([github.count('PATCH'), github.comments.length], [0, 0], stdout);
  assert.doesNotMatch(stdout, /\n\s+at |fault of Lockkeeper/);
  return { status, stdout, github };
}

function archived(files: Zippable | Uint8Array, claimed?: number) {
  return (github: LocalGitHub): void => {
    github.artifacts.length = 0;
    storeArchive(github, files instanceof Uint8Array ? files : zipSync(files), claimed);
  };
}

/** An archive whose own directory tells another size of its file than it has. */
function lying(files: Zippable, size: number): Uint8Array {
  const bytes = Buffer.from(zipSync(files));
  const entry = bytes.indexOf('PK\u0001\u0002', 'latin1');
  bytes.writeUInt32LE(size, entry + 24);
  return bytes;
}

function changed(change: (report: Record<string, unknown>) => void): (github: LocalGitHub) => void {
  const copy = JSON.parse(report) as Record<string, unknown>;
  change(copy);
  return archived({ 'report.json': strToU8(JSON.stringify(copy)) });
}

const text = strToU8(report);
const artifacts: Readonly<Record<string, readonly [prepare: (github: LocalGitHub) => unknown, message: RegExp]>> = {
  'no artifact': [(github) => void github.artifacts.pop(), /stored no artifact `lockkeeper-report`/],
  'an expired one': [(github) => void Object.assign(github.artifacts[0] ?? {}, { expired: true }), /or it has expired/],
  'one of another run': [(github) => void Object.assign(github.artifacts[0] ?? {}, { run: 5 }), /stored no artifact/],
  'one that says it is big': [archived({ 'report.json': text }, 5_000_000), /more than 1100000 bytes/],
  'one that is bigger than it says': [
    archived({ 'report.json': [Buffer.alloc(3_000_000), { level: 0 }] }, 400),
    /more than 1100000 bytes/,
  ],
  'a bomb': [archived({ 'report.json': new Uint8Array(400_000_000) }), /report\.json has more than 1000000 bytes/],
  'a bomb that says it is small': [archived(lying({ 'report.json': new Uint8Array(400_000_000) }, 1000)), /not JSON/],
  'no archive': [archived(strToU8('<html>Not found</html>')), /not a ZIP archive/],
  'an empty file': [archived(new Uint8Array()), /not a ZIP archive/],
  'an archive of nothing': [archived({}), /holds no report\.json/],
  'an archive that was cut': [archived(zipSync({ 'report.json': text }).slice(0, -30)), /not a ZIP archive/],
  'two files': [archived({ 'report.json': text, 'other.json': text }), /not one file report\.json/],
  'another file': [archived({ 'index.html': text }), /not one file report\.json/],
  'a file above': [archived({ '../report.json': text }), /not one file report\.json/],
  'a file from the root': [archived({ '/report.json': text }), /not one file report\.json/],
  'a folder of that name': [archived({ 'report.json/': new Uint8Array() }), /not one file report\.json/],
  'a name with more to it': [archived({ 'report.json\u0000.html': text }), /not one file report\.json/],
  'no text': [archived({ 'report.json': new Uint8Array([0xff, 0xfe, 0x00]) }), /not UTF-8/],
  'no JSON': [archived({ 'report.json': strToU8('::set-output name=x::y\n') }), /not JSON/],
  'JSON of nothing': [
    archived({ 'report.json': strToU8('null') }),
    /not a report of version 1: the report itself must be object/,
  ],
  'a list': [archived({ 'report.json': strToU8('[]') }), /must be object/],
  'JSON that goes deep': [archived({ 'report.json': strToU8('['.repeat(400_000)) }), /not JSON|must be object/],
  'another version': [changed((it) => Object.assign(it, { version: 2 })), /\/version must be equal to constant/],
  'another command': [
    changed((it) => Object.assign(it, { command: 'migrate' })),
    /\/command must be equal to constant/,
  ],
  'something left out': [
    changed((it) => Reflect.deleteProperty(it, 'coverage')),
    /must have required property 'coverage'/,
  ],
  'text for a number': [
    changed((it) => Object.assign(it, { milliseconds: '<b>1</b>' })),
    /\/milliseconds must be number/,
  ],
  'a map for text': [
    changed((it) => Object.assign(it, { lockkeeper: { toString: 'x' } })),
    /\/lockkeeper must be string/,
  ],
  'text for a list': [changed((it) => Object.assign(it, { findings: '<img>' })), /\/findings must be array/],
  'an unknown severity': [
    changed((it) => Object.assign((it.findings as object[])[0] ?? {}, { severity: '](x)' })),
    /\/findings\/0\/severity must be equal to one of the allowed values/,
  ],
};

for (const [name, [prepare, message]] of Object.entries(artifacts)) {
  test(`refused: ${name}`, async () => {
    const { status, stdout } = await posted(prepare);
    assert.equal(status, 2, stdout);
    assert.match(stdout, message);
  });
}

const pull = (github: LocalGitHub) => github.pulls[0] ?? assert.fail();
const pulls: Readonly<Record<string, (github: LocalGitHub) => unknown>> = {
  'a pull request that was closed': (github) => void github.pulls.pop(),
  'newer commits': (github) =>
    void Object.assign(pull(github), { head: { ...pull(github).head, sha: 'b'.repeat(40) } }),
  'a branch of another fork of that name': (github) =>
    void Object.assign(pull(github), { head: { ...pull(github).head, repository: 78 } }),
  'a fork that is gone': (github) =>
    void Object.assign(pull(github), { head: { ...pull(github).head, repository: null } }),
  'a pull request to another repository': (github) => void Object.assign(pull(github), { base: 1 }),
  'two pull requests of one commit': (github) => void github.pulls.push({ ...pull(github), number: 8 }),
  'a pull request that the event does not name': () => forkEvent({ pull_requests: [{ number: 6 }] }),
};

for (const [name, prepare] of Object.entries(pulls)) {
  test(`no comment: ${name}`, async () => {
    const { status, stdout } = await posted(prepare);
    assert.equal(status, 2, stdout);
    assert.match(stdout, /There is no one open pull request whose last commit is a1a1/);
  });
}

test('of two pull requests the one that the event names', async () => {
  const { status, github } = await posted((own) => {
    own.pulls.push({ ...pull(own), number: 8 });
    return forkEvent({ pull_requests: [{ number: 8 }] });
  });
  assert.equal(status, 0);
  assert.equal(github.requests.find(({ method }) => method === 'POST')?.parameters.issue_number, '8');
});

const idle: Readonly<Record<string, Record<string, unknown>>> = {
  'of a push': { event: 'push' },
  'of a pull request of the repository itself': {
    head_repository: { id: 1296269, full_name: 'octocat/hello', owner: { login: 'octocat' } },
  },
  'that was cancelled': { conclusion: 'cancelled' },
};

for (const [name, changes] of Object.entries(idle)) {
  test(`nothing to do after a run ${name}`, async () => {
    const { status, stdout, github } = await posted(() => forkEvent(changes));
    assert.deepEqual([status, github.requests.length], [0, 0], stdout);
    assert.match(stdout, /Nothing to post: /);
  });
}

for (const lacking of ['id', 'head_sha', 'head_branch', 'head_repository', 'html_url']) {
  test(`an event without ${lacking}`, async () => {
    const { status, stdout } = await posted(() => forkEvent({ [lacking]: null }));
    assert.equal(status, 2);
    assert.match(stdout, /does not say which fork’s commit was checked/);
  });
}

test('another event is refused', async () => {
  await using github = await LocalGitHub.start();
  for (const [event, payload] of [
    ['pull_request', pullRequestEvent(commit)],
    ['push', {}],
    ['', {}],
  ] as const) {
    const { status, stdout } = await runAction(github, { event, payload, inputs: { command: 'comment' } });
    assert.equal(status, 2);
    assert.match(stdout, /`comment` posts what another workflow stored/);
  }
});

test('without permission it says which', async () => {
  const { status, stdout } = await posted((github) => {
    github.trouble = ({ method }) =>
      method === 'POST' ? refusal(403, 'Resource not accessible by integration') : undefined;
  });
  assert.equal(status, 2);
  assert.match(stdout, /Give the job the permission `actions: read` and `pull-requests: write`/);
});

test('the newest of several runs’ reports is taken, and a report of 1 MB is cut with a pointer to all of it', async () => {
  const { status, github, stdout } = await posted((own) => {
    const big = sampleReport('x', 1);
    const findings = Array.from({ length: 1500 }, (_, index) => ({ ...big.findings[0], line: index + 1 }));
    storeArchive(own, zipSync({ 'report.json': strToU8(JSON.stringify({ ...big, findings })) }));
  });
  assert.equal(status, 0, stdout);
  const { body } = github.comments[0] ?? assert.fail();
  assert.ok(body.length <= 65_536 && body.length > 50_000, String(body.length));
  assert.match(
    body,
    new RegExp(`more in the \\[job summary\\]\\(https://github\\.com/octocat/hello/actions/runs/${runId}\\)`),
  );
  assert.match(body, /<!-- \/lockkeeper -->$/);
});

test('in a terminal there is nothing to post', async () => {
  const { status, stderr } = await runProgram(['comment']);
  assert.equal(status, 2);
  assert.match(stderr, /runs on GitHub only/);
});
