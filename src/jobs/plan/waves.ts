import { KnownError } from '../../model/error.ts';
import type { Plan } from '../../model/plan.ts';
import type { MatrixEntry, PlannedTarget, WaveTarget } from '../../model/waves.ts';

const name = /^[a-z][a-z0-9-]*$/i;

/** Targets of entries such as `canary` and `eu us`, a wave each. Throws `KnownError` for what names none. */
export function targetsIn(entries: readonly string[]): WaveTarget[] {
  const targets = entries.flatMap((entry, index) =>
    entry.split(/\s+/).map((each) => ({ name: each, wave: index + 1, secret: secretOf(each) })),
  );
  const seen = new Set<string>();
  for (const { name: each, secret } of targets) {
    if (!name.test(each))
      throw new KnownError(`\`waves\`: \`${each}\` is no name of a target.`, {
        help: 'Names are of letters, digits and hyphens, as `eu-west`: they name a secret and an environment of GitHub, too.',
      });
    if (seen.has(secret)) throw new KnownError(`\`waves\`: the target ${each} is there twice.`);
    seen.add(secret);
  }
  if (targets.length > 0) return targets;
  throw new KnownError('It is not known which targets there are.', {
    help: 'Set `waves`: an entry is a wave, with the names of its targets; the first one is the canary.',
  });
}

function secretOf(target: string): string {
  return `${target.toUpperCase().replaceAll('-', '_')}_URL`;
}

/** By wave, the targets on which something is pending and may be applied. */
export function matrixOf(targets: readonly PlannedTarget[]): MatrixEntry[][] {
  const waves: MatrixEntry[][] = [];
  for (const { name, wave, secret, plan } of targets) {
    waves[wave - 1] ??= [];
    if (plan?.outcome !== 'passed' || plan.pending.length === 0) continue;
    waves[wave - 1]?.push({ name, wave, secret, pending: plan.pending.length, digest: plan.digest });
  }
  return waves;
}

/** Of all: one that cannot be planned is as one that is refused. */
export function worstOf(targets: readonly PlannedTarget[]): Plan['outcome'] {
  const outcomes = new Set(targets.map(({ plan }) => plan?.outcome ?? 'refused'));
  return (['refused', 'failed'] as const).find((each) => outcomes.has(each)) ?? 'passed';
}
