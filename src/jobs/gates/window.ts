import { KnownError } from '../../model/error.ts';
import type { Gate } from '../../model/plan.ts';
import { closed } from './session.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Minutes of a week, from Monday 00:00, in a time zone: `from` is in it, `to` is not. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

const day = 24 * 60;

/**
 * Whether it is a time at which a target may be migrated: `Mon-Fri 22:00-05:00 Europe/Zurich`; a time that ends before it
 * begins ends on the next day. Throws `KnownError` for times that cannot be read.
 */
export function inWindow(windows: readonly string[], now: Date): Gate {
  const gate = 'window';
  if (windows.length === 0) return { gate, outcome: 'open', message: 'It may be migrated at any time.' };
  const spans = windows.flatMap(spansOf);
  const fits = ({ from, to, zone }: Span) => {
    const minute = minuteOfWeek(now, zone);
    return [minute, minute + 7 * day].some((each) => each >= from && each < to);
  };
  if (spans.some(fits)) return { gate, outcome: 'open', message: `It is within ${windows.join(' or ')}.` };
  return closed(
    gate,
    `It is not within ${windows.join(' or ')}.`,
    'Come again then, or accept it for this run with `allow: window`.',
  );
}

const shape = /^(?:([a-z]{3})(?:-([a-z]{3}))?\s+)?(\d{2}):(\d{2})-(\d{2}):(\d{2})(?:\s+(\S+))?$/i;

function spansOf(window: string): Span[] {
  const [, first, last, ...rest] = shape.exec(window.trim()) ?? [];
  const [fromHour, fromMinute, toHour, toMinute] = rest.slice(0, 4).map(Number) as [number, number, number, number];
  const zone = rest[4] ?? 'UTC';
  const [start, end] = [dayNumber(first ?? 'mon'), dayNumber(last ?? first ?? 'sun')];
  const times = [fromHour, fromMinute, toHour, toMinute];
  if (start < 0 || end < 0 || !times.every((time, index) => time <= (index % 2 ? 59 : 24)) || !isZone(zone))
    throw new KnownError(`\`window\`: “${window}” is no time of the week.`, {
      help: 'Write it like `Mon-Fri 22:00-05:00 Europe/Zurich`; days and zone (else UTC) may be left out.',
    });
  const [from, until] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  const length = until > from ? until - from : until + day - from;
  const count = ((end - start + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => {
    const begin = ((start + index) % 7) * day + from;
    return { from: begin, to: begin + length, zone };
  });
}

function dayNumber(name: string): number {
  return days.indexOf(name.toLowerCase() as (typeof days)[number]);
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

function minuteOfWeek(now: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return dayNumber(parts.weekday ?? '') * day + Number(parts.hour) * 60 + Number(parts.minute);
}
