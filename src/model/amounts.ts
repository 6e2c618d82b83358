const units = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.23 GB`: decimal units, three digits. */
export function bytesText(bytes: number): string {
  const power = Math.min(units.length, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return power === 0 ? `${bytes} B` : `${(bytes / 1000 ** power).toPrecision(3)} ${units[power - 1]}`;
}

/** `830 ms`, `12.3 s`, `4 min 5 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `2026-11-21 02:07:00` in UTC. */
export function timeText(moment: string): string {
  return moment.slice(0, 19).replace('T', ' ');
}
