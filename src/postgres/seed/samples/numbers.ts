import type { Bound } from '../checks/limits.ts';
import type { Wish } from './wish.ts';

/** The greatest number of each type, as far as JavaScript counts. */
const greatest: Readonly<Record<string, number>> = {
  int2: 32_767,
  int4: 2_147_483_647,
  int8: Number.MAX_SAFE_INTEGER,
  oid: 4_294_967_295,
  float4: 1e6,
  float8: 1e15,
  money: 1e12,
  numeric: 1e15,
};

/** A number: small, positive and whole where nothing else is asked for. Undefined for types that are no numbers. */
export function numberOf(type: string, modifier: number, { n, limits: { min, max } }: Wish): string | undefined {
  const most = type === 'numeric' && modifier >= 0 ? greatestDecimal(modifier) : greatest[type];
  if (most === undefined) return undefined;
  const low = numeric(min, most < 1 ? 0 : -most);
  const high = Math.min(numeric(max, most), most);
  const whole = within(n, step(min, low, 1), step(max, high, -1));
  if (Number.isInteger(whole) && whole <= high && whole >= low) return String(whole);
  const fraction = low + ((high - low) * n) / (n + 2);
  return fraction.toFixed(6).replace(/\.?0+$/, '');
}

/** A constant as a number; what is none (a text, `Infinity`) does not bound. */
function numeric(bound: Bound | undefined, otherwise: number): number {
  const value = Number(bound?.value ?? Number.NaN);
  return Number.isFinite(value) ? value : otherwise;
}

/** The nearest whole number inside a bound. */
function step(bound: Bound | undefined, value: number, direction: 1 | -1): number {
  const nearest = direction === 1 ? Math.ceil(value) : Math.floor(value);
  return bound?.open && nearest === value ? nearest + direction : nearest;
}

function within(wanted: number, low: number, high: number): number {
  if (wanted >= low && wanted <= high) return wanted;
  if (wanted < low) return low + wanted <= high ? low + wanted : low + (wanted % (high - low + 1 || 1));
  const floor = low > 0 || high < 1 ? Math.max(low, high - 1000) : 1;
  return floor + ((wanted - 1) % (high - floor + 1));
}

/** `numeric(precision, scale)`; from PostgreSQL 15 on the scale may be negative (catalog: `atttypmod`). */
function greatestDecimal(modifier: number): number {
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
  return 10 ** Math.min(precision - scale, 15) - 10 ** -Math.min(scale, precision);
}
