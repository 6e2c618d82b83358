import type { Bound } from '../checks/limits.ts';
import type { Wish } from './wish.ts';

/** What a numeric type can hold: its greatest value, and the digits behind the point that are used. */
interface Kind {
  readonly most: number;
  readonly decimals: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  int2: { most: 32_767, decimals: 0 },
  int4: { most: 2_147_483_647, decimals: 0 },
  int8: { most: Number.MAX_SAFE_INTEGER, decimals: 0 },
  oid: { most: 4_294_967_295, decimals: 0 },
  float4: { most: 1e6, decimals: 1 },
  float8: { most: 1e15, decimals: 1 },
  money: { most: 1e12, decimals: 1 },
  numeric: { most: 1e15, decimals: 0 },
};

/** A number: small, positive and whole where nothing else is asked for. Undefined for types that are no numbers. */
export function numberOf(type: string, modifier: number, wish: Wish): string | undefined {
  const kind = type === 'numeric' && modifier >= 0 ? decimal(modifier) : kinds[type];
  if (!kind) return undefined;
  const { min, max } = wish.limits;
  const low = numeric(min, -kind.most);
  const high = Math.min(numeric(max, kind.most), kind.most);
  const whole = within(wish.n + wish.rank, step(min, low, 1), step(max, high, -1));
  if (whole <= high && whole >= low) return text(whole, kind, wish, high);
  const fraction = low + ((high - low) * wish.n) / (wish.n + 2);
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

function text(whole: number, { decimals }: Kind, { limits }: Wish, high: number): string {
  const fractional = decimals > 0 && !limits.oneOf && whole + 0.5 < high && Math.abs(whole) < 1e6;
  return fractional ? `${whole}.5` : String(whole);
}

/** `numeric(precision, scale)`; from PostgreSQL 15 on the scale may be negative (catalog: `atttypmod`). */
function decimal(modifier: number): Kind {
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
  return {
    most: 10 ** Math.min(precision - scale, 15) - (scale >= 0 ? 1 : 10 ** -scale),
    decimals: Math.max(scale, 0),
  };
}
