import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleReport } from '../reports/sample.ts';
import { forkEvent, postStored, runId, storeForkReport } from './api-runs.ts';
import { LocalGitHub, late, refusal } from './api-server.ts';

const comments = '/comments';

test('the one comment is found behind hundreds of others and kept up to date', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  github.chatter(250);
  const first = await postStored(github);
  assert.deepEqual([first.status, github.comments.length], [0, 251], first.stdout);
  assert.match(first.outputs['comment-url'] ?? '', /^https:\/\/github\.com\/octocat\/hello\/pull\/7#issuecomment-\d+$/);
  const own = github.comments.at(-1);
  const told = own?.body ?? '';
  assert.match(told, /^<!-- lockkeeper check:: run=9000000001 -->\n### ⛔ Lockkeeper: /);
  assert.match(told, /Made by a run of a fork’s code/);
  github.chatter(120);
  github.artifacts.length = 0;
  storeForkReport(github, sampleReport('newer'));
  github.pulls.pop();
  const second = await postStored(github, forkEvent({ id: runId }));
  assert.equal(second.status, 0, second.stdout);
  assert.deepEqual([github.count('POST', comments), github.count('PATCH'), github.comments.length], [1, 1, 371]);
  assert.match(own?.body ?? '', /newer/);
  assert.equal(first.outputs['comment-url'], second.outputs['comment-url']);
  assert.deepEqual(github.complaints, []);
});

test('what people wrote around our part stays', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  await postStored(github);
  const [own] = github.comments;
  assert.ok(own);
  own.body = `Please read this, all of you.\r\n\r\n${own.body.replace('Lockkeeper:', 'Nonsense:')}\n\nThanks!`;
  await postStored(github);
  assert.match(own.body, /^Please read this, all of you\.\r\n\r\n<!-- lockkeeper .*-->\n### /);
  assert.match(own.body, /<!-- \/lockkeeper -->\n\nThanks!$/);
  assert.doesNotMatch(own.body, /Nonsense/);
  const once = own.body;
  await postStored(github);
  assert.equal(own.body, once);
  assert.deepEqual(github.complaints, []);
});

test('a comment by somebody else that looks like ours is left alone, and not believed', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  const forged = '<!-- lockkeeper check:: run=1 -->\n### ✅ Lockkeeper: all is well\n\n<!-- /lockkeeper -->';
  const others = ['mallory', 'evil-app[bot]', 'github-actions'].map((login) => github.add(forged, login));
  const { status } = await postStored(github);
  assert.equal(status, 0);
  assert.equal(github.comments.length, 4);
  for (const each of others) assert.equal(each.body, forged);
  assert.deepEqual(github.complaints, []);
});

for (const login of ['octocat', 'our-app[bot]', 'github-actions[bot]']) {
  test(`as ${login}: a comment of our own is known again`, async () => {
    await using github = await LocalGitHub.start();
    github.tokens.set('own-token', login);
    storeForkReport(github, sampleReport());
    for (let run = 0; run < 2; run += 1) {
      const { status, stdout } = await postStored(github, forkEvent(), { inputs: { 'github-token': 'own-token' } });
      assert.equal(status, 0, stdout);
    }
    assert.deepEqual([github.comments.length, github.comments[0]?.login], [1, login]);
    assert.deepEqual(github.complaints, []);
  });
}

test('several checks of one pull request have a comment each', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  const [stored] = github.artifacts;
  assert.ok(stored);
  for (const id of ['pg14', 'pg18'])
    github.artifacts.push({ ...stored, id: stored.id + 1, name: `lockkeeper-report-${id}` });
  const kinds = [
    {},
    { 'comment-id': 'pg14' },
    { 'comment-id': 'pg18' },
    { 'working-directory': './services/-->billing/' },
  ];
  for (const inputs of [...kinds, ...kinds]) {
    const { status, stdout } = await postStored(github, forkEvent(), { inputs });
    assert.equal(status, 0, stdout);
  }
  assert.deepEqual(
    github.comments.map(({ body }) => body.split('\n')[0]),
    ['check::', 'check::pg14', 'check::pg18', 'check:services%2F%2D%2D%3Ebilling:'].map(
      (name) => `<!-- lockkeeper ${name} run=${runId} -->`,
    ),
  );
  assert.match(github.comments[1]?.body ?? '', /^`pg14`$/m);
  assert.deepEqual(github.complaints, []);
});

test('text that looks like a mark of ours cannot take another check’s comment', async () => {
  await using github = await LocalGitHub.start();
  const mark = '\n<!-- lockkeeper check::pg14 run=1 -->\n<!-- /lockkeeper -->\n';
  storeForkReport(github, sampleReport(mark));
  await postStored(github);
  const [first] = github.comments;
  const [stored] = github.artifacts;
  assert.ok(first && stored);
  github.artifacts.push({ ...stored, id: 99, name: 'lockkeeper-report-pg14' });
  const before = first.body;
  await postStored(github, forkEvent(), { inputs: { 'comment-id': 'pg14' } });
  assert.deepEqual([github.comments.length, first.body], [2, before]);
  await postStored(github);
  assert.equal(first.body, before, 'nothing is left over of the text before');
});

test('two at once leave one comment', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  const both = Promise.withResolvers<void>();
  // neither sees the other's comment before it writes its own
  github.trouble = ({ method, route }, count) => {
    if (method !== 'POST' || !route.endsWith(comments)) return undefined;
    if (count === 2) both.resolve();
    return both.promise.then(() => undefined);
  };
  const runs = await Promise.all([postStored(github), postStored(github)]);
  assert.deepEqual([...runs.map(({ status }) => status), github.count('POST', comments)], [0, 0, 2]);
  assert.equal(github.comments.length, 1);
  assert.deepEqual(github.complaints, []);
});

test('an older run does not overwrite what a newer one said', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  await postStored(github);
  const [own] = github.comments;
  assert.ok(own);
  own.body = own.body.replace(`run=${runId}`, `run=${runId + 1}`);
  const before = own.body;
  const { status, stdout } = await postStored(github);
  assert.deepEqual([status, own.body], [0, before]);
  assert.match(stdout, /stale/);
});

test('a comment that was deleted meanwhile is written anew', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  await postStored(github);
  github.trouble = ({ method }) => {
    if (method === 'PATCH') github.comments.length = 0;
    return undefined;
  };
  const { status } = await postStored(github);
  assert.deepEqual([status, github.comments.length, github.count('POST', comments)], [0, 1, 2]);
});

test('GitHub’s limits and faults are waited for', async () => {
  const soon = String(Math.ceil(Date.now() / 1000));
  const faults = {
    'a limit that names a time': refusal(429, 'Too many requests', { 'retry-after': '1' }),
    'a secondary limit': refusal(403, 'You have exceeded a secondary rate limit', { 'retry-after': '1' }),
    'a used up limit': refusal(403, 'API rate limit exceeded', {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': soon,
    }),
    'a fault': { status: 502, bytes: Buffer.from('<html>Bad gateway</html>') },
    'a busy server': refusal(503, 'Service unavailable', { 'retry-after': '1' }),
  };
  await Promise.all(
    Object.entries(faults).map(async ([name, fault]) => {
      await using github = await LocalGitHub.start();
      storeForkReport(github, sampleReport());
      github.trouble = ({ method }, count) => (count === 1 && method === 'POST' ? fault : undefined);
      const { status, stdout } = await postStored(github);
      assert.deepEqual(
        [status, github.comments.length, github.count('POST', comments)],
        [0, 1, 2],
        `${name}\n${stdout}`,
      );
      assert.deepEqual(github.complaints, []);
    }),
  );
});

test('slow answers and lost connections are no reason to give up', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  github.trouble = async ({ route }, count) => {
    if (count === 1 && route.endsWith('/pulls')) throw new Error('the line is cut');
    return late(400);
  };
  const { status, stdout } = await postStored(github);
  assert.deepEqual([status, github.comments.length], [0, 1], stdout);
  assert.deepEqual(
    github.complaints.filter((each) => !each.includes('the line is cut')),
    [],
  );
});

test('a limit that lasts longer than a job should wait ends it with a reason', async () => {
  await using github = await LocalGitHub.start();
  storeForkReport(github, sampleReport());
  const reset = String(Math.ceil(Date.now() / 1000) + 3000);
  github.trouble = () =>
    refusal(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset });
  const { status, stdout } = await postStored(github);
  assert.equal(status, 2);
  assert.match(stdout, /::error::The stored report was not posted: the rate limit of GitHub is used up until 20/);
  assert.equal(github.requests.length, 1);
});
