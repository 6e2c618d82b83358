// Refreshes test/hosts/github-api.json: of the description that GitHub publishes of its REST interface (npm package
// @octokit/openapi, 385 MB) the requests that Lockkeeper makes, with all they refer to. Run it now and then, and review.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const version = process.argv[2] ?? '23.0.2';
const wanted = [
  'get /user',
  'get /repos/{owner}/{repo}/pulls',
  'get /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'post /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'patch /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'delete /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'get /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
  'post /repos/{owner}/{repo}/deployments',
  'post /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
  'get /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
  'get /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
];
/** Examples that answers are made from. */
const examples = [
  'private-user-response-with-public-profile-information',
  'issue-comment',
  'pull-request-simple-items',
  'artifact',
  'deployment',
  'deployment-status',
];

interface Document {
  readonly info: unknown;
  readonly paths: Record<string, Record<string, unknown>>;
  readonly components: Record<string, Record<string, unknown>>;
}

const whole = fetched();
const paths: Document['paths'] = {};
for (const each of wanted) {
  const [method = '', route = ''] = each.split(' ');
  const { description: _, ...operation } = (whole.paths[route]?.[method] ?? {}) as Record<string, unknown>;
  paths[route] = { ...paths[route], [method]: operation };
}
const components: Document['components'] = { examples: {} };
for (const name of examples) reach(`#/components/examples/${name}`);
collect(paths);
const text = JSON.stringify({ source: `@octokit/openapi ${version}`, info: whole.info, paths, components }, null, 1);
writeFileSync('test/hosts/github-api.json', `${text}\n`);
console.log(`written: test/hosts/github-api.json, ${Math.round(text.length / 1024)} kB`);

function fetched(): Document {
  const folder = mkdtempSync(join(tmpdir(), 'github-api-'));
  try {
    const packed = ['pack', `@octokit/openapi@${version}`, '--silent', '--pack-destination', folder];
    const [file = ''] = execFileSync('npm', packed, { encoding: 'utf8' }).trim().split('\n').slice(-1);
    const inside = 'package/generated/api.github.com.json';
    execFileSync('tar', ['-xzf', join(folder, file), '-C', folder, inside]);
    return JSON.parse(readFileSync(join(folder, inside), 'utf8')) as Document;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Takes over what a value refers to, and what that refers to; examples of answers are not needed. */
function collect(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    if (key === 'examples' || key === 'example') delete (value as Record<string, unknown>)[key];
    else if (key === '$ref') reach(String(each));
    else collect(each);
  }
}

function reach(pointer: string): void {
  const [, , kind = '', name = ''] = pointer.split('/');
  components[kind] ??= {};
  const group = components[kind];
  if (name in group) return;
  group[name] = structuredClone(whole.components[kind]?.[name]);
  if (kind !== 'examples') collect(group[name]);
}
