import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { described, example, oddAnswer } from './api-description.ts';
import {
  type Artifact,
  artifactPayload,
  type Comment,
  commentPayload,
  type Merged,
  mergedPayload,
  type Pull,
  pullPayload,
} from './api-payloads.ts';

export interface Deployment {
  readonly id: number;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly statuses: Readonly<Record<string, unknown>>[];
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Bytes instead of JSON. */
  readonly bytes?: Uint8Array;
}

interface Request {
  readonly method: string;
  readonly route: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>> & { readonly body?: string };
  readonly login: string;
}

/** What happens instead of, or before, the usual answer; undefined for that. */
export type Trouble = (request: Request, count: number) => Answer | undefined | Promise<undefined>;

const bot = 'github-actions[bot]';

/**
 * The part of GitHub's interface that comments and artifacts are, for one repository, over HTTP. Every request and answer
 * is held against the description that GitHub publishes; `complaints` must stay empty.
 */
export class LocalGitHub implements AsyncDisposable {
  readonly comments: Comment[] = [];
  readonly pulls: Pull[] = [];
  readonly merged: Merged[] = [];
  readonly deployments: Deployment[] = [];
  readonly artifacts: Artifact[] = [];
  /** Who holds which token. */
  readonly tokens = new Map([['workflow-token', bot]]);
  readonly requests: Request[] = [];
  readonly complaints: string[] = [];
  trouble: Trouble = () => undefined;
  readonly #server: Server;
  #nextId = 5000;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: Error) => {
        this.complaints.push(String(error.stack));
        response.destroy();
      });
    });
  }

  static async start(): Promise<LocalGitHub> {
    const server = new LocalGitHub();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Comments of other people, about other things. */
  chatter(count: number): void {
    for (let index = 0; index < count; index += 1) this.add(`I think ${index}`, 'octocat');
  }

  add(body: string, login = bot, issue = 7): Comment {
    this.#nextId += 1;
    const comment = { id: this.#nextId, body, login, issue };
    this.comments.push(comment);
    return comment;
  }

  /** How often a route was asked, as in `POST /repos/{owner}/{repo}/issues/{issue_number}/comments`. */
  count(method: string, end = ''): number {
    return this.requests.filter((each) => each.method === method && each.route.endsWith(end)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = incoming;
    // GitHub Enterprise has its interface below /api
    const url = new URL((incoming.url ?? '/').replace(/^\/api(\/v3)?(?=\/)/, ''), this.url);
    const raw = await text(incoming);
    const body = raw === '' ? undefined : JSON.parse(raw);
    const login = this.tokens.get((headers.authorization ?? '').replace(/^(token|bearer) /i, ''));
    if (url.pathname.startsWith('/blob/')) return this.#send(response, this.#blob(url, headers.authorization));
    if (url.pathname === '/graphql') return this.#send(response, this.#graphql(body, login));
    const { found, complaints } = described(method, url, body);
    this.complaints.push(...complaints);
    if (!found) return this.#send(response, refusal(404, 'Not Found'));
    if (!login) return this.#send(response, refusal(401, 'Bad credentials'));
    const request = { method, ...found, query: url.searchParams, body: body ?? {}, login };
    this.requests.push(request);
    const answer = (await this.trouble(request, this.count(method, found.route))) ?? this.#answer(request);
    const odd = oddAnswer(method, found, answer.status, answer.body);
    if (odd) this.complaints.push(odd);
    this.#send(response, answer);
  }

  #send(response: ServerResponse, { status, headers = {}, body, bytes }: Answer): void {
    const type = bytes ? 'application/zip' : 'application/json; charset=utf-8';
    response.writeHead(status, { ...(status !== 204 && { 'content-type': type }), ...headers });
    response.end(bytes ?? (body === undefined ? undefined : JSON.stringify(body)));
  }

  #answer(request: Request): Answer {
    const { method, route, parameters } = request;
    switch (`${method} ${route}`) {
      case 'GET /user':
        return this.#user(request.login);
      case 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments':
        return this.#page(request, this.#commentsOf(request), (items) => items);
      case 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments':
        return tooLong(request) ?? { status: 201, body: commentPayload(this.#addAsked(request)) };
      case 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls':
        return this.#page(request, this.#mergedWith(parameters.commit_sha ?? ''), (items) => items);
      case 'POST /repos/{owner}/{repo}/deployments':
        return this.#deploy(request);
      case 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses':
        return this.#deploymentStatus(request);
      case 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}':
      case 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}':
        return tooLong(request) ?? this.#change(request, Number(parameters.comment_id));
      case 'GET /repos/{owner}/{repo}/pulls':
        return this.#page(request, this.#openPulls(request.query.get('head') ?? ''), (items) => items);
      case 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts':
        return this.#page(request, this.#artifactsOf(request), (artifacts, total) => ({
          total_count: total,
          artifacts,
        }));
      case 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}':
        return {
          status: 302,
          headers: { location: `${this.url.replace('127.0.0.1', 'localhost')}/blob/${parameters.artifact_id}` },
        };
      default:
        this.complaints.push(`${method} ${route} is not expected`);
        return refusal(404, 'Not Found');
    }
  }

  #page<T>(
    { query, route, parameters }: Request,
    all: readonly T[],
    shape: (items: readonly T[], total: number) => unknown,
  ): Answer {
    const [size, page] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
    const path = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] as string);
    const next = new URLSearchParams({ ...Object.fromEntries(query), page: String(page + 1) });
    const link = page * size < all.length ? { link: `<${this.url}${path}?${next}>; rel="next"` } : {};
    return { status: 200, headers: link, body: shape(all.slice((page - 1) * size, page * size), all.length) };
  }

  #change({ method, body }: Request, id: number): Answer {
    const index = this.comments.findIndex((each) => each.id === id);
    const comment = this.comments[index];
    if (!comment) return refusal(404, 'Not Found');
    if (method === 'DELETE') {
      this.comments.splice(index, 1);
      return { status: 204 };
    }
    comment.body = body.body ?? '';
    return { status: 200, body: commentPayload(comment) };
  }

  #commentsOf({ parameters }: Request): unknown[] {
    return this.comments.filter(({ issue }) => issue === Number(parameters.issue_number)).map(commentPayload);
  }

  #addAsked({ body, login, parameters }: Request): Comment {
    return this.add(body.body ?? '', login, Number(parameters.issue_number));
  }

  #mergedWith(sha: string): unknown[] {
    return this.merged.filter(({ commit = sha }) => commit === sha).map(mergedPayload);
  }

  #deploy({ body }: Request): Answer {
    this.#nextId += 1;
    this.deployments.push({ id: this.#nextId, asked: body, statuses: [] });
    const shown = { id: this.#nextId, sha: body.ref, ref: body.ref, task: body.task, environment: body.environment };
    return { status: 201, body: { ...(example('deployment') as object), ...shown, payload: body.payload } };
  }

  #deploymentStatus({ body, parameters }: Request): Answer {
    const deployment = this.deployments.find(({ id }) => id === Number(parameters.deployment_id));
    if (!deployment) return refusal(404, 'Not Found');
    if (String(body.description ?? '').length > 140) return refusal(422, 'Validation Failed');
    deployment.statuses.push(body);
    return { status: 201, body: { ...(example('deployment-status') as object), state: body.state } };
  }

  #openPulls(head: string): unknown[] {
    return this.pulls.filter((each) => `${each.head.owner}:${each.head.ref}` === head).map(pullPayload);
  }

  #artifactsOf({ parameters, query }: Request): unknown[] {
    return this.artifacts
      .filter(({ run, name }) => String(run) === parameters.run_id && name === (query.get('name') ?? name))
      .map((each) => artifactPayload(each));
  }

  /** Kept by somebody else, to whom the token must not be shown. */
  #blob(url: URL, authorization: string | undefined): Answer {
    if (authorization) this.complaints.push('the token was sent to where the artifact is kept');
    const artifact = this.artifacts.find(({ id }) => url.pathname === `/blob/${id}`);
    return artifact ? { status: 200, bytes: artifact.archive } : refusal(404, 'Not Found');
  }

  #user(login: string): Answer {
    if (login.endsWith('[bot]')) return refusal(403, 'Resource not accessible by integration');
    return {
      status: 200,
      body: { ...(example('private-user-response-with-public-profile-information') as object), login },
    };
  }

  #graphql({ query }: { query: string }, login: string | undefined): Answer {
    if (!/^\{\s*viewer\s*\{\s*login\s*\}\s*\}$/.test(query)) this.complaints.push(`GraphQL: ${query}`);
    return login ? { status: 200, body: { data: { viewer: { login } } } } : refusal(401, 'Bad credentials');
  }
}

export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

/** The usual answer, but late. */
export async function late(milliseconds: number): Promise<undefined> {
  await sleep(milliseconds);
}

function tooLong({ body }: Request): Answer | undefined {
  if ((body.body ?? '').length <= 65_536) return undefined;
  const errors = [
    {
      resource: 'IssueComment',
      code: 'unprocessable',
      field: 'data',
      message: 'Body is too long (maximum is 65536 characters)',
    },
  ];
  return {
    status: 422,
    body: { message: 'Validation Failed', errors, documentation_url: 'https://docs.github.com/rest' },
  };
}
