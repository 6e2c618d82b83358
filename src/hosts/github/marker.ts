import type { CommentKey } from '../../model/host.ts';

/** A comment's text, taken apart at our marks: what people wrote around our part is theirs. */
export interface OwnPart {
  readonly before: string;
  readonly after: string;
  readonly text: string;
  /** The run that wrote it; 0 where that is not known. */
  readonly run: number;
}

/** GitHub's limit for a comment, in characters. */
export const commentLimit = 65_536;

/** Our part of a comment, between marks that are not seen. `run` is the workflow run's id. */
export function withMarks(text: string, key: CommentKey, run: number): string {
  return `<!-- lockkeeper ${nameOf(key)} run=${run} -->\n${text.trimEnd()}\n\n<!-- /lockkeeper -->`;
}

/** Room that the marks take. */
export function marksLength(key: CommentKey): number {
  return withMarks('', key, Number.MAX_SAFE_INTEGER).length;
}

/**
 * Finds our part in a comment. Only its first mark counts, and the last end: what stands between them holds text of
 * others, which may look like a mark.
 */
export function ownPart(body: string, key: CommentKey): OwnPart | undefined {
  const begin = /^<!-- lockkeeper (\S+) run=(\d+) -->/m.exec(body);
  if (!begin || begin[1] !== nameOf(key)) return undefined;
  const end = body.lastIndexOf(endMark);
  const after = end < begin.index ? '' : body.slice(end + endMark.length);
  const text = body.slice(begin.index + begin[0].length, end < begin.index ? body.length : end);
  return { before: body.slice(0, begin.index), after, text, run: Number(begin[2]) };
}

const endMark = '<!-- /lockkeeper -->';

/** Without white space and without what could end an HTML comment. */
function nameOf({ command = 'check', folder, id }: CommentKey): string {
  return [command, folder, id].map((part) => encodeURIComponent(part.toWellFormed()).replaceAll('-', '%2D')).join(':');
}
