import type { Migration } from '../../model/migration.ts';
import { isSetting, type Unit, unitsOf } from '../../postgres/apply/units.ts';
import { batchesOf } from '../../postgres/batches.ts';
import type { Recorded } from '../../postgres/journal.ts';

/**
 * The SQL of migrations, in the transactions in which they are applied; without what records that they are, and without what
 * is committed of one that was cut off.
 */
export async function scriptOf(migrations: readonly Migration[], cut?: CutOff): Promise<string> {
  const parts = await Promise.all(
    migrations.map(async (migration) => {
      const units = unitsBehind(cut?.migration === migration.id ? cut.done : 0, unitsOf(await batchesOf(migration)));
      return `-- ${migration.path.replaceAll(/[\r\n]/g, ' ')}\n${units.map(unitText).join('')}`;
    }),
  );
  return parts.join('\n');
}

/** A migration of which so many statements are committed. */
type CutOff = Pick<Recorded, 'migration' | 'done'>;

/** Settings of the session are made again: they are gone with the one that was cut off. */
function unitsBehind(done: number, units: readonly Unit[]): Unit[] {
  let before = 0;
  return units.filter((unit) => {
    before += unit.statements.length;
    return before > done || isSetting(unit);
  });
}

function unitText({ transaction, begin, statements, end }: Unit): string {
  const lines = statements.map(({ sql }) => `${sql};\n`).join('');
  return transaction ? `${begin};\n${lines}${end};\n` : lines;
}
