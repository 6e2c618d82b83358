import { Ajv } from 'ajv';
import { KnownError } from '../model/error.ts';
import type { CheckReport } from '../model/report.ts';

/**
 * Reads a report that somebody else may have written: it has the published form, which `schema` is, and its text may be
 * anything. Throws `KnownError` for everything else.
 */
export function readReport(text: string, schema: object): CheckReport {
  const validator = new Ajv({ strict: false });
  const report = parsed(text);
  if (validator.validate<CheckReport>(schema, report)) return report;
  const [error] = validator.errors ?? [];
  const place = error?.instancePath.slice(0, 200) || 'the report itself';
  throw new KnownError(`The stored text is not a report of version 1: ${place} ${error?.message}.`, {
    help: 'The workflows that check and that comment must be of the same version of Lockkeeper.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KnownError('The stored text is not JSON.', { cause: error });
  }
}
