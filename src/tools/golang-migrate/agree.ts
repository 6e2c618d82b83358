import type { Witness } from '../../model/witness.ts';
import { urlOf } from '../../postgres/url.ts';
import { compareVersions } from '../reading/versions.ts';
import { parametersFor } from './naming.ts';

/**
 * golang-migrate's program (internal/cli of v4.19). It knows the last version alone, and runs what comes behind it. Its
 * database is an argument; the driver takes the password from PGPASSWORD.
 */
export const witness: Witness = {
  program: 'migrate',
  versionWords: ['-version'],
  version: (said) => /^(dev|v?\d+\.\d+\.\d+\S*)$/m.exec(said)?.[1],
  question: ({ folder, address, table }) => ({
    words: ['-path', folder, '-database', `${urlOf(address)}${table ? `&${parametersFor(table)}` : ''}`, 'version'],
    environment: {},
  }),
  answer: (said, migrations) => {
    if (/^error: no migration$/m.test(said)) return { pending: migrations.map(({ id }) => id) };
    const [, version, dirty] = /^(\d+)( \(dirty\))?$/m.exec(said) ?? [];
    if (version === undefined) return undefined;
    const pending = migrations.map(({ id }) => id).filter((id) => compareVersions(id, version) > 0);
    return { pending, ...(dirty && { unfinished: version }) };
  },
};
