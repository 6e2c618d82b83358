const MiB = 1 << 20;

/** How large a part is, and how many of its like may be on their way while the next one fills. */
export interface PartSize {
  readonly bytes: number;
  readonly alongside: number;
  /** Waits in a temporary file, not in memory. */
  readonly onDisk: boolean;
}

/** `parts` parts of a size. */
export interface Step extends PartSize {
  readonly parts: number;
}

/**
 * S3 takes 10,000 parts of 5 MiB to 5 GiB, and how long the object gets is not known when it begins. So parts grow: what is
 * in memory (those on their way, which TLS may hold a second time, and the one that fills) stays under 100 MiB, and under
 * 35 MiB for the first 62 GiB; past 93 GiB a part waits in a temporary file. In all 9.1 TiB.
 */
export const growing: readonly Step[] = [
  { parts: 3000, bytes: 8 * MiB, alongside: 2, onDisk: false },
  { parts: 2500, bytes: 16 * MiB, alongside: 1, onDisk: false },
  { parts: 1000, bytes: 32 * MiB, alongside: 1, onDisk: false },
  { parts: 500, bytes: 512 * MiB, alongside: 1, onDisk: true },
  { parts: 3000, bytes: 3 * 1024 * MiB, alongside: 1, onDisk: true },
];

/** Size of a part, its number from 1; undefined past the last one there may be. */
export function sizeOf(number: number, steps: readonly Step[]): PartSize | undefined {
  let before = 0;
  for (const step of steps) {
    if (number <= before + step.parts) return step;
    before += step.parts;
  }
  return undefined;
}
