/** A version in digits as its number is written: without leading zeros. */
export function canonical(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

/** Compares versions in digits by their number, however big. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [canonical(a), canonical(b)];
  return left.length - right.length || compareText(left, right);
}

/** Compares by code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Compares lists of versions part by part; the shorter one comes first where it is the other one's beginning. */
export function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareVersions(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
