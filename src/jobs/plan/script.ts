import type { Migration } from '../../model/migration.ts';
import { type Unit, unitsOf } from '../../postgres/apply/units.ts';
import { batchesOf } from '../../postgres/batches.ts';

/** The SQL of migrations, in the transactions in which they are applied; without what records that they are. */
export async function scriptOf(migrations: readonly Migration[]): Promise<string> {
  const parts = await Promise.all(
    migrations.map(async (migration) => {
      const units = unitsOf(await batchesOf(migration));
      return `-- ${migration.path.replaceAll(/[\r\n]/g, ' ')}\n${units.map(unitText).join('')}`;
    }),
  );
  return parts.join('\n');
}

function unitText({ transaction, begin, statements, end }: Unit): string {
  const lines = statements.map(({ sql }) => `${sql};\n`).join('');
  return transaction ? `${begin};\n${lines}${end};\n` : lines;
}
