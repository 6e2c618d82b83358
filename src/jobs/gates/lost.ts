import { KnownError } from '../../model/error.ts';
import { ConnectionLost, SqlError } from '../../postgres/connect.ts';

/**
 * Does what touches nothing. Throws `KnownError` where the target is lost meanwhile, or is out of what it needs: that is no
 * fault of ours, and can be tried again.
 */
export async function untouched<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConnectionLost) && !isOfServer(error)) throw error;
    const message = error instanceof SqlError ? `The target answers: ${error.message}.` : error.message;
    throw new KnownError(message, {
      reason: 'unreachable',
      help: 'Nothing was touched. Look whether the target is well, and run it again.',
      cause: error,
    });
  }
}

/** Insufficient resources, operator intervention, system error (documentation, appendix A). */
function isOfServer(error: unknown): error is SqlError {
  return error instanceof SqlError && /^(53|57|58)/.test(error.fault.sqlstate);
}
