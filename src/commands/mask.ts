import type { Host } from '../model/host.ts';

/** Keeps the password of a connection URL out of what is printed, as it stands there and decoded. */
export function maskUrl(url: string, host: Host): void {
  const [, password] = /^[^:]+:\/\/[^/@]*?:([^@]+)@/.exec(url) ?? [];
  if (!password) return;
  host.mask(password);
  try {
    host.mask(decodeURIComponent(password));
  } catch {
    // not percent-encoded after all
  }
}
