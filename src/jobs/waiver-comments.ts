import type { Waiver } from '../model/finding.ts';
import type { Comment } from '../model/statement.ts';

/** What a comment that speaks to Lockkeeper says: a waiver, or why it is none. */
export interface WaiverComment {
  readonly line: number;
  readonly waiver?: Waiver;
  /** Continues the sentence "This waiver …": `has no reason. …`. */
  readonly fault?: string;
}

const form = '`lockkeeper:allow rule-id because …`';

/** Every waiver of a comment, also those that are not well written. A comment that only mentions Lockkeeper has none. */
export function waiversIn(comment: Comment): WaiverComment[] {
  const text = withoutMarks(comment.text);
  const starts = [
    ...text.matchAll(/\blockkeeper[ \t]*:[ \t]*(?=allow\b)|^[ \t]*lockkeeper[ \t]*(:[ \t]*|(?=allow\b))/gim),
  ];
  return starts.map(({ index, 0: word }, position) => {
    const line = comment.line + text.slice(0, index).split('\n').length - 1;
    return { line, ...read(text.slice(index + word.length, starts[position + 1]?.index).trim(), line) };
  });
}

/** Comments at the top of a file, before its first statement. */
export function topComments(text: string): Comment[] {
  const comments: Comment[] = [];
  const next = /(\s*)(--[^\n]*|\/\*[\s\S]*?\*\/)/y;
  for (let match = next.exec(text); match; match = next.exec(text)) {
    const line = text.slice(0, match.index + (match[1] ?? '').length).split('\n').length;
    comments.push({ text: match[2] ?? '', line });
  }
  return comments;
}

/** Keeps line breaks, so that lines can be counted. */
function withoutMarks(text: string): string {
  if (text.startsWith('--')) return text.slice(2);
  return text
    .replace(/^\/\*/, '')
    .replace(/\*\/$/, '')
    .replaceAll(/^[ \t]*\*/gm, '');
}

function read(text: string, line: number): Omit<WaiverComment, 'line'> {
  const [, names, tail = ''] =
    /^allow\b[\s:]*((?!because\b|until\b)[a-z][\w-]*(?:\s*,\s*[a-z][\w-]*)*)?([\s\S]*)$/i.exec(text) ?? [];
  if (!/^allow\b/i.test(text))
    return { fault: `begins with "${firstWord(text)}", which is no known word. Write ${form}.` };
  if (names === undefined) return { fault: `names no rule. Write ${form}.` };
  const { until, reason } = conditionsOf(tail);
  if (until !== undefined && !isDate(until))
    return { fault: `ends on "${until}", which is no date. Write \`until 2031-12-31\`.` };
  if (!/\w/.test(reason)) return { fault: 'has no reason. Add `because …` for whoever reads it next.' };
  const rules = names.split(',').map((rule) => rule.trim().toLowerCase());
  return { waiver: { rules, reason, line, ...(until !== undefined && { until }) } };
}

/** `until 2031-12-31 because it is small`, or `because it is small, until 2031-12-31`. */
function conditionsOf(tail: string): { until: string | undefined; reason: string } {
  const [, first, rest = tail] = /^\s+until\b\s*([^\s:,]*)([\s\S]*)$/i.exec(tail) ?? [];
  const why = /^[\s,]*(?:because\b|:|--|—|-)[\s:]*([\s\S]*)$/i.exec(rest)?.[1] ?? '';
  const reason = why.replaceAll(/\s+/g, ' ').trim();
  const [, words, last] = /^(.*?)[\s,;(]+until (\d{4}-\d\d-\d\d)[.)]*$/i.exec(reason) ?? [];
  return first === undefined ? { until: last, reason: words ?? reason } : { until: first, reason };
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function firstWord(text: string): string {
  return /^\S+/.exec(text)?.[0] ?? '';
}
