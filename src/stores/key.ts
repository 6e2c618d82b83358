import { KnownError } from '../model/error.ts';

/**
 * Refuses keys that would mean something else in one store or the other: `..`, empty parts, a leading or trailing `/`,
 * control characters, more than S3's 1,024 bytes.
 */
export function checkKey(key: string): void {
  const parts = key.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    throw refused(key, 'has an empty part, `.` or `..`');
  checkText(key);
}

/** The same of a prefix, which may end anywhere in a key and may be empty. */
export function checkPrefix(prefix: string): void {
  const parts = prefix.split('/');
  const whole = parts.slice(0, -1);
  if (whole.some((part) => part === '' || part === '.' || part === '..') || parts.at(-1) === '..')
    throw refused(prefix, 'has an empty part, `.` or `..`');
  checkText(prefix);
}

function checkText(key: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f\x7f]/.test(key)) throw refused(key, 'has control characters');
  if (!key.isWellFormed()) throw refused(key, 'is not Unicode');
  if (Buffer.byteLength(key) > 1024) throw refused(key, 'is longer than 1,024 bytes');
}

function refused(key: string, why: string): KnownError {
  return new KnownError(`${JSON.stringify(key)} cannot be a name in a store: it ${why}.`, {
    help: 'Names come from the template of keys and the names of databases: correct the template.',
  });
}
