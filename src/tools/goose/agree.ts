import type { Witness } from '../../model/witness.ts';
import { urlOf } from '../../postgres/url.ts';
import { tableText } from '../reading/named.ts';

/**
 * goose's program (cmd/goose/main.go and status.go of v3.29). It takes variables for its arguments, and reads `.env` of the
 * folder it is started in for what these do not say, such as the name of its table.
 */
export const witness: Witness = {
  program: 'goose',
  versionWords: ['-version'],
  version: (said) => /^goose version: ?(\S*)/m.exec(said)?.[1],
  question: ({ folder, address, table }) => ({
    words: ['status'],
    environment: {
      GOOSE_DRIVER: 'postgres',
      GOOSE_DBSTRING: urlOf(address),
      GOOSE_MIGRATION_DIR: folder,
      NO_COLOR: '1',
      ...(table && { GOOSE_TABLE: tableText(table) }),
    },
  }),
  answer: (said, migrations) => {
    const lines = [...said.matchAll(/^.{0,40}?(Pending|\w{3} \w{3} [\d ]\d [\d:]{8} \d{4}) +-- (.+)$/gm)];
    if (lines.length === 0) return undefined;
    const names = lines.filter(([, state]) => state === 'Pending').map(([, , name = '']) => name.trim());
    return { pending: names.map((name) => migrations.find((each) => each.name === name)?.id ?? name) };
  },
};
