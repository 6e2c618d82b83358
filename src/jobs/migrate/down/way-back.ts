import type { Migration } from '../../../model/migration.ts';
import { isWhole, unitsToApply } from '../../../postgres/apply/apply.ts';
import type { PlanInput } from '../../plan/input.ts';
import type { Planning } from '../../plan.ts';
import { beyondSchema } from './reversible.ts';
import { type Trial, trialsOf } from './trial.ts';

/** The way back of the first pending migration, which alone can be what a run has committed a part of and nothing else. */
export interface WayBack {
  readonly migration: Migration;
  /** From where so many of its statements are committed; why not, as the end of a sentence. */
  from(done: number): Trial | string;
}

type Input = Pick<PlanInput, 'tool' | 'statementLimit' | 'signal' | 'progress' | 'openServer'>;

/** Tries, before anything is touched, what may have to be gone back; undefined where nothing is pending. */
export async function wayBackOf(input: Input, { plan, agenda, interrupted }: Planning): Promise<WayBack | undefined> {
  const [migration] = agenda.pending;
  if (!migration) return undefined;
  const way = (from: WayBack['from']): WayBack => ({
    migration,
    from: (done) => (done === 0 ? { done, changes: [], made: [] } : from(done)),
  });
  const units = await unitsToApply(migration);
  if (isWhole(units)) return way(() => `${migration.name} is one transaction`);
  if (interrupted)
    return {
      migration,
      from: () => 'an earlier run has committed a part of it, which is not for this one to take back',
    };
  if (!migration.down) return way(() => `${migration.name} has no down migration`);
  const back = (await unitsToApply(migration, migration.down)).flatMap(({ statements }) => statements);
  const opaque = beyondSchema(back);
  if (opaque)
    return way(() => `line ${opaque.line} of ${opaque.path}, its down migration, does more than change the schema`);
  await using server = await input.openServer(Number.parseInt(plan.target.server, 10));
  const { searchPath } = plan.target;
  const tried = { server, base: agenda.applied, migration, ...(searchPath && { searchPath }) };
  const trials = await trialsOf(input, tried);
  const forth = units.flatMap(({ statements }) => statements);
  return way((done) => {
    const other = beyondSchema(forth.slice(0, done));
    if (other) return `line ${other.line} of ${other.path}, which is committed, does more than change the schema`;
    const trial = trials.find((each) => each.done === done);
    if (!trial) return `its down migration was not tried behind ${done} of its statements`;
    return trial.against ?? trial;
  });
}
