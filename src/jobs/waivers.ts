import type { Finding } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import type { Rule, World } from '../model/rule.ts';
import type { Comment, Statement } from '../model/statement.ts';
import { topComments, type WaiverComment, waiversIn } from './waiver-comments.ts';

/** What waivers may accept. */
export interface Waivable {
  readonly rule: Rule;
  readonly finding: Finding;
  /** The statement at the finding's place. */
  readonly statement: Statement | undefined;
  /** It is about the file, the folder or the schema: a waiver at the top of the file accepts it too. */
  readonly ofFolder: boolean;
}

/** Something wrong with a waiver. */
export type Complaint = Pick<Finding, 'rule' | 'migration' | 'path' | 'line' | 'message'>;

interface PlacedWaiver extends WaiverComment {
  readonly migration: string;
  readonly path: string;
  /** The statement it belongs to. */
  readonly statement: Statement | undefined;
  /** Stands above everything else of its file. */
  readonly top: boolean;
}

/** Accepts what waivers accept, and tells what is wrong with them. `today` is `YYYY-MM-DD`. */
export function applyWaivers<T extends Waivable>(
  found: readonly T[],
  world: World,
  rules: readonly Rule[],
  today: string,
): { found: T[]; complaints: Complaint[] } {
  const waivers = waiversOf(world);
  const uses = new Map<PlacedWaiver, Set<string>>(waivers.map((waiver) => [waiver, new Set()]));
  const judged = found.map((each) => {
    const matching = each.rule.waivable === false ? [] : waivers.filter((waiver) => speaksOf(waiver, each));
    for (const waiver of matching) uses.get(waiver)?.add(each.rule.id);
    const holding = matching.find((waiver) => !hasEnded(waiver, today))?.waiver;
    if (!holding) return each;
    const { reason, until, line } = holding;
    const waiver = { reason, line, ...(until !== undefined && { until }) };
    return { ...each, finding: { ...each.finding, status: 'waived' as const, waiver } };
  });
  const pending = new Set(world.pending.map(({ id }) => id));
  const complaints = [...uses]
    .filter(([{ migration }]) => pending.has(migration))
    .flatMap(([waiver, used]) => complaintsAbout(waiver, used, { rules, today, world }));
  return { found: judged, complaints };
}

/** All waivers of the history. One above a file's first statement belongs to both. */
function waiversOf({ statements, head, pending }: World): PlacedWaiver[] {
  const found = new Map<string, PlacedWaiver>();
  const add = (comments: readonly Comment[], place: Pick<PlacedWaiver, 'migration' | 'path' | 'statement' | 'top'>) => {
    for (const each of comments.flatMap(waiversIn)) {
      const key = JSON.stringify([place.path, each]);
      found.set(key, { ...each, ...place, top: place.top || found.get(key)?.top === true });
    }
  };
  for (const { id: migration, up } of new Set([...pending, ...head.migrations])) {
    add(topComments(up.text), { migration, path: up.path, statement: undefined, top: true });
  }
  for (const { statement } of statements) {
    const { migration, path, comments } = statement;
    add(comments, { migration, path, statement, top: false });
  }
  return [...found.values()];
}

function speaksOf({ waiver, path, statement, top }: PlacedWaiver, about: Waivable): boolean {
  if (!waiver?.rules.includes(about.rule.id) || path !== about.finding.path) return false;
  return (statement !== undefined && statement === about.statement) || (top && about.ofFolder);
}

function hasEnded({ waiver }: WaiverComment, today: string): boolean {
  return waiver?.until !== undefined && waiver.until < today;
}

interface Circumstances {
  readonly rules: readonly Rule[];
  readonly today: string;
  readonly world: World;
}

function complaintsAbout(placed: PlacedWaiver, used: ReadonlySet<string>, around: Circumstances): Complaint[] {
  const { migration, path, line, fault } = placed;
  const complain = (rule: string, message: string) => [{ rule, migration, path, line, message }];
  if (fault !== undefined) return complain('invalid-waiver', `This waiver ${fault}`);
  return (placed.waiver?.rules ?? []).flatMap((id) => {
    const rule = around.rules.find((each) => each.id === id);
    if (!rule) return complain('invalid-waiver', unknown(id, around.rules));
    if (rule.waivable === false) return complain('invalid-waiver', `The rule ${id} cannot be waived.`);
    const { until } = placed.waiver ?? {};
    if (used.has(id)) {
      return hasEnded(placed, around.today)
        ? complain('expired-waiver', `The waiver of ${id} ended on ${until}; the finding is open again.`)
        : [];
    }
    return wasJudged(placed, rule, around.world)
      ? complain('unused-waiver', `The waiver of ${id} accepts nothing here: remove it.`)
      : [];
  });
}

function unknown(id: string, rules: readonly Rule[]): string {
  const [near] = nearest(
    id,
    rules.map((each) => each.id),
    1,
  );
  return `This waiver names the rule ${id}, which does not exist${near ? `; did you mean ${near}?` : '.'}`;
}

/** Whether everything that the waiver could accept was looked at; otherwise nobody knows if it is of use. */
function wasJudged({ migration }: PlacedWaiver, { majors }: Rule, { statements, major }: World): boolean {
  const own = statements.filter(({ statement }) => statement.migration === migration);
  const ran = own.length > 0 && own.every(({ observation }) => observation.error === undefined);
  return ran && major >= (majors?.from ?? major) && major <= (majors?.to ?? major);
}
