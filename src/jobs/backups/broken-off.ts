import { KnownError } from '../../model/error.ts';

/**
 * What is told of work that a store broke off in the middle.
 *
 * @param left what there is of it now: a whole sentence
 */
export function brokenOff(cause: KnownError, left: string): KnownError {
  const help = [left, cause.help].filter(Boolean).join(' ');
  return new KnownError(cause.message, { reason: 'backup', help, cause });
}
