import { type Finding, type Instead, severities } from '../model/finding.ts';
import type { Problem, Rule, World } from '../model/rule.ts';
import type { Statement } from '../model/statement.ts';
import { applyWaivers, type Complaint, type Waivable } from './waivers.ts';

export interface JudgeOptions {
  /** `YYYY-MM-DD`: decides whether waivers have ended. */
  readonly today: string;
}

/**
 * Asks every rule that speaks of this major, applies waivers, and leaves out what a finding of the same statement says
 * better. Open findings come first, the most severe first, then in the order of the statements.
 */
export function judge(world: World, rules: readonly Rule[], { today }: JudgeOptions): Finding[] {
  const asked = rules.filter(({ majors }) => world.major >= (majors?.from ?? 0) && world.major <= (majors?.to ?? 999));
  const { found, complaints } = applyWaivers(
    asked.flatMap((rule) => findingsOf(rule, world)),
    world,
    rules,
    today,
  );
  return [...folded(found), ...complaints.flatMap((complaint) => toFinding(complaint, rules, world))]
    .filter(once())
    .sort(byWeight(world));
}

function findingsOf(rule: Rule, world: World): Waivable[] {
  const ofStatements = world.statements.flatMap((facts) => {
    const { statement, observation } = facts;
    const { kinds, failed, check } = rule.statement ?? {};
    if (!check || (kinds && !kinds.includes(statement.kind)) || (observation.error && !failed)) return [];
    const { migration, path, line } = statement;
    return check(facts, world).map((problem) => {
      const finding = findingOf(rule, problem, problem.place ?? { migration, path, line }, world);
      return { rule, finding, statement, ofFolder: false };
    });
  });
  const ofAll = (rule.whole?.(world) ?? []).flatMap((problem) => {
    if (!problem.place) throw new Error(`The rule ${rule.id} found a problem without a place.`);
    const finding = findingOf(rule, problem, problem.place, world);
    return [{ rule, finding, statement: statementAt(finding, world), ofFolder: true }];
  });
  return [...ofStatements, ...ofAll];
}

function findingOf(rule: Rule, problem: Problem, place: Required<Problem>['place'], world: World): Finding {
  const { message, severity = rule.severity, relations = [], blocking } = problem;
  const instead = problem.instead && adviceOf(problem.instead, place, world);
  return {
    rule: rule.id,
    severity,
    status: 'open',
    ...place,
    message,
    relations,
    ...(instead && { instead }),
    ...(blocking && { blocking }),
  };
}

/** How to run a statement outside a transaction is not worth a word where its file does so already. */
function adviceOf(instead: Instead, { migration }: Required<Problem>['place'], world: World): Instead | undefined {
  const { text, ...rest } = instead;
  if (text !== world.outsideTransaction) return instead;
  const script = world.pending.find(({ id }) => id === migration)?.up;
  const count = world.statements.filter(({ statement }) => statement.migration === migration).length;
  const alone = script?.messages.length !== 1 || count === 1;
  const isOutside = script?.delivery === 'statement' || (script?.delivery === 'message' && alone);
  if (!isOutside) return instead;
  return rest.migrations ? rest : undefined;
}

function statementAt({ path, line }: Finding, { statements }: World): Statement | undefined {
  return statements.find(
    ({ statement }) => statement.path === path && statement.line <= line && line <= statement.endLine,
  )?.statement;
}

/** Of several findings about one statement that say the same, the one that says most. */
function folded(found: readonly Waivable[]): Finding[] {
  const groups = Map.groupBy(found, ({ statement }) => statement);
  return found
    .filter((each) => each.statement === undefined || !isSaid(each, groups.get(each.statement) ?? []))
    .map(({ finding }) => finding);
}

function isSaid({ rule, finding }: Waivable, others: readonly Waivable[]): boolean {
  return others.some((other) => {
    if (other.rule === rule) return false;
    if (other.rule.covers?.includes(rule.id)) return true;
    return rule.fallback && !other.rule.fallback && other.finding.blocking && weight(other.finding) >= weight(finding);
  });
}

function toFinding({ rule: id, message, ...place }: Complaint, rules: readonly Rule[], world: World): Finding[] {
  const rule = rules.find((each) => each.id === id);
  return rule ? [findingOf(rule, { message }, place, world)] : [];
}

/** What two statements of one line say alike is told once, and once more where a waiver accepts it of one of them only. */
function once(): (finding: Finding) => boolean {
  const seen = new Set<string>();
  return ({ rule, path, line, message, status }) => {
    const key = JSON.stringify([rule, path, line, message, status]);
    return !seen.has(key) && seen.add(key).has(key);
  };
}

function weight({ severity }: Finding): number {
  return severities.indexOf(severity);
}

function byWeight({ head, pending }: World): (a: Finding, b: Finding) => number {
  const paths = [...new Set([...head.migrations, ...pending].map(({ up }) => up.path))];
  const place = ({ path }: Finding) => paths.indexOf(path);
  return (a, b) =>
    Number(a.status === 'waived') - Number(b.status === 'waived') ||
    weight(b) - weight(a) ||
    place(a) - place(b) ||
    a.line - b.line;
}
