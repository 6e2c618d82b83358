import type { Migration, Script } from '../model/migration.ts';
import type { Batch, Statement } from '../model/statement.ts';
import { controlsTransaction, mayCommit, mustRunOutside } from './outside.ts';
import { parseStatements } from './parse.ts';

/** A script's statements with the transactions that its tool and PostgreSQL put around them. */
export async function batchesOf(migration: Migration, script: Script = migration.up): Promise<Batch[]> {
  const origin = { migration: migration.id, path: script.path, text: script.text };
  const messages: Statement[][] = [];
  for (const span of script.messages) messages.push(await parseStatements(origin, span));
  switch (script.delivery) {
    case 'wrapped':
      return [{ block: 'explicit', statements: messages.flat() }];
    case 'message':
      return messages.map((statements) => ({ block: statements.length > 1 ? 'implicit' : 'none', statements }));
    case 'statement':
      return [{ block: 'none', statements: messages.flat() }];
    case 'lenient':
      return [lenient(messages.flat())];
  }
}

function lenient(statements: Statement[]): Batch {
  const alone = statements.some((each) => mustRunOutside(each) || mayCommit(each) || controlsTransaction(each));
  return { block: alone ? 'none' : 'explicit', statements };
}
