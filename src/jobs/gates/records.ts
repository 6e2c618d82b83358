import type { Agenda, Standing } from '../../model/ledger.ts';
import type { Gate } from '../../model/plan.ts';
import type { Change } from '../../model/schema.ts';
import type { Tool } from '../../model/tool.ts';
import { closed } from './session.ts';

/** Whether the tool itself would go on from what its table says. */
export function consistent(tool: Tool, standing: Standing, agenda: Agenda, resumable: boolean): Gate {
  const gate = 'history';
  const { title, ledger } = tool;
  if (standing.unfinished !== undefined && !resumable)
    return closed(
      gate,
      `${title} says that ${standing.unfinished} was begun and not finished.`,
      `Look what of it is there, then: ${ledger.remedy}.`,
    );
  if (agenda.orphans.length > 0)
    return closed(
      gate,
      `The target has applied ${agenda.orphans.join(', ')}, which the repository has not.`,
      'Check out the branch that has them, or merge it first: the schema is not the one that these migrations were written for.',
    );
  if (agenda.outOfOrder.length > 0)
    return closed(
      gate,
      `${agenda.outOfOrder.map(({ id }) => id).join(', ')} would come before what is applied already; ${title} ${ledger.whenOutOfOrder}.`,
      'Give each a version behind the newest that is applied.',
    );
  return {
    gate,
    outcome: 'open',
    message: `${title} has ${agenda.applied.length} applied and ${agenda.pending.length} pending.`,
  };
}

/** Whether a target without the tool's table is an empty one. */
export function knownBaseline({ title }: Tool, { exists }: Standing, tables: number, baseline: boolean): Gate {
  const gate = 'baseline';
  if (exists || tables === 0 || baseline)
    return {
      gate,
      outcome: 'open',
      message: exists ? 'The target itself says what is applied.' : 'It is known what is applied.',
    };
  return closed(
    gate,
    `The target has ${tables === 1 ? 'a table' : `${tables} tables`}, and none that says what is applied (${title}).`,
    'Say so once with `applied-through`: the last migration that the target has, or `none`.',
  );
}

/** Whether the target is what its applied migrations give. */
export function withoutDrift(drift: readonly Change[]): Gate {
  const gate = 'drift';
  if (drift.length === 0) return { gate, outcome: 'open', message: 'The schema is what the applied migrations give.' };
  const some = drift.slice(0, 5).map(({ action, kind, id }) => `${kind} ${id} (${words[action]})`);
  const more = drift.length > some.length ? `, and ${drift.length - some.length} more` : '';
  return closed(
    gate,
    `The schema is not what the applied migrations give: ${some.join(', ')}${more}.`,
    'Bring it back, write a migration that says it, leave it out with `drift-ignore`, or accept it for this run with `allow: drift`.',
  );
}

const words: Readonly<Record<Change['action'], string>> = {
  added: 'only on the target',
  removed: 'missing on the target',
  changed: 'different',
  renamed: 'renamed',
};
