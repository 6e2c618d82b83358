import { createHash } from 'node:crypto';
import { KnownError } from '../model/error.ts';
import type { Announcement, Announcer, Ending } from '../model/host.ts';
import { visibleLine } from '../reports/escape.ts';
import { errorPage, migrationComment } from '../reports/migrate/comment.ts';
import type { Page } from '../reports/page.ts';
import { type Door, folderOf } from './door.ts';
import { addressFrom } from './target.ts';

/** How the work tells of itself. */
export interface Telling {
  readonly begin: Announcer['begin'];
  /** What it came to; `idle` where there was nothing to do. */
  came(to: { readonly page: Page; readonly idle: boolean }): void;
}

/**
 * Lets others know of a run that changes a target, where the host has a way to: that it begins, and what it came to or
 * which error ended it. Whatever hinders that changes nothing of how the run ends.
 */
export async function announced(
  door: Door,
  command: 'plan' | 'migrate',
  work: (telling: Telling) => Promise<number>,
): Promise<number> {
  const announcer = await door.host.announce?.(await announcementOf(door, command));
  const toEnding = (page: Page, idle = false) => endingOf(page, idle, door);
  let ending: Ending | undefined;
  let begun = false;
  try {
    return await work({
      begin: async (about) => {
        begun = true;
        await announcer?.begin(about);
      },
      came: ({ page, idle }) => {
        ending = toEnding(page, idle);
      },
    });
  } catch (error) {
    ending ??= toEnding(pageOf(error, begun, door.signal));
    throw error;
  } finally {
    if (ending) await announcer?.end(ending);
  }
}

async function announcementOf(
  door: Door,
  command: 'plan' | 'migrate',
  environment = process.env,
): Promise<Announcement> {
  const { githubToken: token, comment, deployment } = door.settings;
  // what looks at a target now and then is not about the newest pull request
  const aside = command === 'plan' && environment.GITHUB_EVENT_NAME === 'schedule';
  const id = await nameOf(door);
  return {
    ...(comment === 'auto' && !aside && { comment: { command: 'migrate', folder: folderOf(door), id } }),
    ...(deployment && command === 'migrate' && { environment: deployment }),
    ...(token && { token }),
    signal: door.signal,
  };
}

/** By which the comment of a target is found again. The database's server is not to be read from it. */
async function nameOf(door: Door): Promise<string> {
  if (door.settings.commentId !== undefined) return door.settings.commentId;
  try {
    const { database, host, port } = await addressFrom(door);
    const server = createHash('sha256').update(`${host}:${port}`).digest('hex').slice(0, 8);
    return `${database}@${server}`;
  } catch {
    return ''; // what is wrong with it the work will say
  }
}

function endingOf(page: Page, idle: boolean, { settings: { commentId: id = '' } }: Door): Ending {
  return {
    ...{ good: page.good, verdict: visibleLine(page.headline), idle },
    comment: (options) => migrationComment(page, { ...options, id }),
  };
}

/** An error that can be acted on is one that comes before anything is touched. */
function pageOf(error: unknown, begun: boolean, signal: AbortSignal): Page {
  if (signal.aborted) return errorPage((signal.reason as Error).message, { untouched: !begun });
  if (error instanceof KnownError)
    return errorPage(error.message, { ...(error.help && { help: error.help }), untouched: true });
  return errorPage('A fault of Lockkeeper has ended it', { help: 'The log of the run has more.', untouched: !begun });
}
