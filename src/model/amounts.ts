const units = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `1.23 GB`: decimal units, three digits. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes / 1000;
  let unit = 0;
  for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1000;
  return `${value.toPrecision(3)} ${units[unit]}`;
}

/** `654,343` */
export function numberText(number: number): string {
  return number.toLocaleString('en-US');
}

/** `830 ms`, `12.3 s`, `4 min 5 s`, `2 h 10 min`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `5 min`, `7 h`, `12 d`: how long ago a moment was. */
export function ageText(moment: string, now: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(moment)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

/** `2026-11-21 02:07:00` in UTC. */
export function timeText(moment: string): string {
  return moment.slice(0, 19).replace('T', ' ');
}

/** `2026-11-21 02:07` in UTC. */
export function minuteText(moment: string): string {
  return moment.slice(0, 16).replace('T', ' ');
}
