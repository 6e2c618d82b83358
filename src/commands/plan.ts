import { scriptOf } from '../jobs/plan/script.ts';
import { type Planning, plan } from '../jobs/plan.ts';
import { planPage } from '../reports/migrate/plan.ts';
import { announced } from './announced.ts';
import type { Door } from './door.ts';
import { planCodes } from './plan-codes.ts';
import { planInputOf } from './planning.ts';
import { publishPage } from './publish.ts';
import { planWaves } from './waves.ts';
import { writeReport } from './write.ts';

/** Tells what would be applied to a target, and whether it may be; where it may not, others hear of it. */
export async function run(door: Door): Promise<number> {
  return announced(door, 'plan', async ({ came }) => {
    if (door.settings.matrix) return planWaves(door, came);
    const planning = await plan(await planInputOf(door));
    came({ page: planPage(planning.plan), idle: planning.plan.outcome === 'passed' });
    return publishPlan(door, planning);
  });
}

/** Shows a plan; returns the exit code. */
export async function publishPlan(door: Door, { plan, agenda, interrupted }: Planning): Promise<number> {
  const { out, sql } = door.settings;
  if (sql) process.stdout.write(await scriptOf(agenda.pending, interrupted?.row));
  await publishPage(door, plan, planPage(plan), { digest: plan.digest, pending: String(plan.pending.length) });
  if (out) await writeReport(`${JSON.stringify(plan, null, 2)}\n`, out);
  return planCodes[plan.outcome];
}
