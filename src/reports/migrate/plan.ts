import type { Plan } from '../../model/plan.ts';
import type { Page } from '../page.ts';
import { count } from '../wording.ts';
import {
  acceptance,
  accepted,
  changesPart,
  closedGates,
  editedNotes,
  gatesPart,
  openFindings,
  pendingTable,
  targetFacts,
} from './parts.ts';

/** What would be applied where, and whether it may be. */
export function planPage(plan: Plan): Page {
  const { outcome, pending, changes, drift } = plan;
  return {
    good: outcome === 'passed',
    headline: headlineOf(plan),
    problems: [...closedGates(plan), ...(outcome === 'passed' ? [] : openFindings(plan))],
    parts: [
      { facts: targetFacts(plan), ...(pending.length > 0 && { table: pendingTable(plan) }) },
      ...changesPart('What becomes different', changes),
      ...changesPart('What the target has otherwise than its applied migrations give', drift),
      gatesPart(plan.gates),
    ],
    notes: [
      ...(outcome === 'passed' ? openFindings(plan) : []),
      ...acceptance(plan),
      ...editedNotes(plan),
      ...accepted({ plan }),
    ],
  };
}

function headlineOf({ outcome, pending, target }: Plan): string {
  const what = pending.length === 0 ? 'Nothing is pending' : `${count(pending.length, 'migration')} pending`;
  const where = `on ${target.database}`;
  if (outcome === 'passed') return `${what} ${where}${pending.length > 0 ? ', and nothing is in the way' : ''}`;
  if (outcome === 'refused') return `${what} ${where}, and a gate is closed`;
  return `${what} ${where}, with findings that nobody has accepted`;
}
