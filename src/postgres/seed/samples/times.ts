import type { Bound } from '../checks/limits.ts';
import type { Wish } from './wish.ts';

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);

/** A date, time of day or moment; the same every day this runs. Undefined for other types. */
export function timeOf(type: string, wish: Wish): string | undefined {
  switch (type) {
    case 'date':
      return momentOf(wish, day).slice(0, 10);
    case 'timestamp':
      return momentOf(wish, 60_000).replace('T', ' ').slice(0, 19);
    case 'timestamptz':
      return `${momentOf(wish, 60_000).replace('T', ' ').slice(0, 19)}+00`;
    case 'time':
      return clock(wish);
    case 'timetz':
      return `${clock(wish)}+00`;
    case 'interval':
      return interval(wish);
    default:
      return undefined;
  }
}

/** An ISO time. Rows lie weeks apart, columns of a row one `unit`: so ranges that begin and end in one row do not overlap. */
function momentOf({ row, moment, limits: { min, max } }: Wish, unit: number): string {
  const [low, high] = [parsed(min), parsed(max)];
  let at = start + (row - 1) * 40 * day + moment * unit;
  if (low !== undefined && at < low)
    at = Math.ceil(low / day) * day + (row - 1) * 40 * day + (moment + (min?.open ? 1 : 0)) * unit;
  if (high !== undefined && at >= high) at = squeezed(row + moment, low, high, unit);
  return new Date(at).toISOString();
}

/** Near the lower bound, else as near below the upper one as rows and columns allow. */
function squeezed(wanted: number, low: number | undefined, high: number, unit: number): number {
  if (low === undefined) return high - 400 * day + wanted * unit;
  const room = Math.max(1, Math.floor((high - low) / unit) - 1);
  return low + (1 + ((wanted - 1) % room)) * unit >= high ? low : low + (1 + ((wanted - 1) % room)) * unit;
}

/** A bound of PostgreSQL's ISO form as milliseconds. Infinity and years before Christ do not bound. */
function parsed(bound: Bound | undefined): number | undefined {
  const [, date, time = '00:00:00', zone = '+00'] =
    /^(\d{4,}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d*)?([+-]\d\d(?::?\d\d)?)?$/.exec(
      bound?.value ?? '',
    ) ?? [];
  const offset = zone.length === 3 ? `${zone}:00` : zone;
  const at = date ? Date.parse(`${date}T${time}${offset}`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function clock({ row, moment }: Wish): string {
  return `${two(8 + (row % 12))}:${two(moment % 60)}:00`;
}

function interval({ n, limits: { min } }: Wish): string {
  return min && /^\d+ (year|mon)/.test(min.value) ? `${Number.parseInt(min.value, 10) + n} years` : `${n} days`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
