import { exitCodes } from '../model/error.ts';
import type { Plan } from '../model/plan.ts';

/** The exit code of a plan, or of several of which the worst counts. */
export const planCodes: Readonly<Record<Plan['outcome'], number>> = {
  passed: exitCodes.done,
  failed: exitCodes.findings,
  refused: exitCodes.refused,
};
