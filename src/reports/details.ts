import type { Change } from '../model/schema.ts';

type Detail = Change['details'][number];

/** Longest text of a property that is told on one line, and most lines that are told of a longer one. */
const width = 160;
const height = 12;

/** What became different of an object: for each property the lines that went and those that came. */
export function detailLines({ details }: Change): { readonly sign: '-' | '+'; readonly text: string }[] {
  return details.filter((detail) => !isTold(detail, details)).flatMap(linesOf);
}

/** A function's definition holds its body, a view's its columns. */
function isTold({ property }: Detail, details: readonly Detail[]): boolean {
  return ['body', 'columns'].includes(property) && details.some((each) => each.property === 'definition');
}

function linesOf({ property, before, after }: Detail): { sign: '-' | '+'; text: string }[] {
  const [went, came] = differing(before, after);
  const name = property.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return [
    ...went.map((text) => ({ sign: '-' as const, text: `${name}: ${text}` })),
    ...came.map((text) => ({ sign: '+' as const, text: `${name}: ${text}` })),
  ];
}

function differing(before: string | null, after: string | null): [went: string[], came: string[]] {
  const lists = [before, after].map(listOf);
  const [old, now] = lists;
  if (old && now && old.length + now.length > 0 && !sameMembers(old, now))
    return [without(old, now), without(now, old)];
  const lines = [before ?? '', after ?? ''].map((text) => text.trimEnd().split('\n'));
  const [from = [], to = []] = lines;
  if (from.length > 1 && to.length > 1) return changedLines(from, to);
  return [[oneLine(before)], [oneLine(after)]];
}

/** Properties that are lists come as JSON; a text may begin like one. */
function listOf(value: string | null): string[] | undefined {
  if (value === null) return [];
  if (!/^\[.*\]$/s.test(value)) return undefined;
  try {
    return (JSON.parse(value) as unknown[]).map(String);
  } catch {
    return undefined;
  }
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return without(a, b).length + without(b, a).length === 0;
}

function without(a: readonly string[], b: readonly string[]): string[] {
  return a.filter((each) => !b.includes(each)).map(oneLine);
}

/** The lines between what both begin and end with. */
function changedLines(from: readonly string[], to: readonly string[]): [string[], string[]] {
  let start = 0;
  while (start < Math.min(from.length, to.length) && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  return [from, to].map((lines) => short(lines.slice(start, lines.length - end))) as [string[], string[]];
}

function short(lines: readonly string[]): string[] {
  const shown = lines.slice(0, height).map(oneLine);
  return lines.length > height ? [...shown, `… ${lines.length - height} more lines`] : shown;
}

/** Text on one line, cut where it is too long; `none` where there is nothing. */
export function oneLine(value: string | null): string {
  const text = value === null ? 'none' : value.replaceAll(/\s+/g, ' ').trim();
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
