import type { CommentOptions } from '../../model/host.ts';
import { code, shortened } from '../escape.ts';
import type { Fact, Page, Part, Step } from '../page.ts';
import { markdownPage } from '../page-markdown.ts';
import { shellLine } from '../shell.ts';

/** What a run came to, as a comment on the pull request that its commit came with: verdict first, evidence folded. */
export function migrationComment(page: Page, { limit, id, whole }: CommentOptions): string {
  const { good, next = [] } = page;
  const steps = [...next, ...(good || !whole ? [] : rerun(whole))];
  const below = [...(id ? [code(id)] : []), ...(whole ? [`[The run](${encodeURI(whole)})`] : [])].join(' · ');
  return markdownPage({ ...brief(page), next: steps }, limit, below);
}

/** What an error that came before any report says. */
export function errorPage(
  message: string,
  { help, untouched }: { readonly help?: string; readonly untouched: boolean },
): Page {
  const [first = '', ...rest] = message.split('\n').filter(Boolean);
  return {
    good: false,
    headline: `${untouched ? 'Nothing was touched: ' : ''}${first.replace(/\.$/, '')}`,
    problems: rest.map((line) => line.replace(/^- /, '')),
    parts: [],
    ...(help && { notes: help.split('\n') }),
  };
}

/** Of a sentence or a value, in characters: a message of the database may be of any length. */
const longest = 2000;
const briefly = (text: string) => shortened(text, longest);

function brief({ good, headline, problems = [], parts, notes = [] }: Page): Page {
  return {
    ...{ good, headline: shortened(headline, 300), problems: problems.map(briefly), notes: notes.map(briefly) },
    parts: parts.map(briefPart),
  };
}

function briefPart({ facts = [], ...part }: Part): Part {
  const short = facts.map((fact): Fact => ({ ...fact, value: briefly(fact.value) }));
  return { ...part, facts: short, ...(part.title && { folded: true }) };
}

/** The plan's job as well: the others hold to its digest. */
function rerun(whole: string): Step[] {
  const [, host, repository, run] = /^https?:\/\/([^/]+)\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)$/.exec(whole) ?? [];
  if (!host || !repository || !run) return [];
  const where = host === 'github.com' ? repository : `${host}/${repository}`;
  const command = shellLine(['gh', 'run', 'rerun', run, '--repo', where]);
  return [{ text: 'Plan and apply anew, at the same commit', command }];
}
