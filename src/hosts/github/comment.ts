import { RequestError } from '@octokit/request-error';
import type { CommentKey } from '../../model/host.ts';
import type { Api } from './api.ts';
import { ownership } from './author.ts';
import { commentLimit, marksLength, type OwnPart, ownPart, withMarks } from './marker.ts';

/** What is to stand in the comment, and where. */
export interface Wish {
  readonly pullRequest: number;
  readonly key: CommentKey;
  /** Id of the workflow run that it tells of; 0 where that is not known. */
  readonly run: number;
  /** Not worth a comment where there is none yet. */
  readonly idle: boolean;
  /** Whether it is to take the place of this text; else that stays. */
  replaces?(text: string): boolean;
  /** Markdown of at most so many characters. */
  text(limit: number): string;
}

/** What became of it. `stale`: a newer run has spoken already. */
export interface Written {
  readonly outcome: 'created' | 'updated' | 'stale' | 'not needed';
  readonly url?: string;
}

type Id = number | bigint;

interface Comment {
  readonly id: Id;
  readonly html_url: string;
  readonly part: OwnPart;
}

/**
 * Writes the one comment of a check, in place where it is there already. Of two that were made at once the older stays,
 * and everybody deletes the younger ones. Throws what GitHub answers where it refuses.
 */
export async function writeComment(api: Api, wish: Wish): Promise<Written> {
  const found = await ownComments(api, wish);
  if (found.length === 0 && wish.idle) return { outcome: 'not needed' };
  const created = found.length === 0 ? await create(api, wish) : undefined;
  const [oldest, ...younger] = created ? await ownComments(api, wish) : found;
  for (const each of younger) await remove(api, each.id);
  if (!oldest || oldest.id === created?.id) return { outcome: 'created', ...(created && { url: created.html_url }) };
  if (oldest.part.run > wish.run && wish.run > 0) return { outcome: 'stale', url: oldest.html_url };
  if (wish.replaces?.(oldest.part.text) === false) return { outcome: 'not needed', url: oldest.html_url };
  return update(api, wish, oldest);
}

/** Comments with our mark that we wrote, oldest first. */
async function ownComments({ octokit, repository }: Api, wish: Wish): Promise<Comment[]> {
  const isOurs = ownership({ octokit, repository });
  const own: Comment[] = [];
  const pages = octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    ...{ ...repository, issue_number: wish.pullRequest, per_page: 100 },
  });
  for await (const { data } of pages) {
    for (const { id, html_url, body, user } of data) {
      const part = ownPart(body ?? '', wish.key);
      if (part && (await isOurs(user))) own.push({ id, html_url, part });
    }
  }
  return own.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function create({ octokit, repository }: Api, wish: Wish): Promise<{ id: Id; html_url: string }> {
  const { data } = await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    ...{ ...repository, issue_number: wish.pullRequest, body: bodyOf(wish) },
  });
  return data;
}

/** Somebody may have deleted it since it was listed. */
async function update(api: Api, wish: Wish, { id, html_url, part }: Comment): Promise<Written> {
  const body = bodyOf(wish, part);
  try {
    await api.octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...{ ...api.repository, comment_id: id, body },
    });
    return { outcome: 'updated', url: html_url };
  } catch (error) {
    if (!isGone(error)) throw error;
    return { outcome: 'created', url: (await create(api, wish)).html_url };
  }
}

async function remove({ octokit, repository }: Api, id: Id): Promise<void> {
  try {
    await octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...repository,
      comment_id: id,
    });
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof RequestError && (error.status === 404 || error.status === 410);
}

/** Ours between what people wrote around it; where that leaves no room, theirs has to go. */
function bodyOf(wish: Wish, around: Pick<OwnPart, 'before' | 'after'> = { before: '', after: '' }): string {
  const room = commentLimit - marksLength(wish.key) - around.before.length - around.after.length;
  if (room < commentLimit / 2 && around.before + around.after !== '') return bodyOf(wish);
  return `${around.before}${withMarks(wish.text(room), wish.key, wish.run)}${around.after}`;
}
