import type { History } from '../../model/migration.ts';
import type { Gate } from '../../model/plan.ts';
import type { Address, Server } from '../../model/server.ts';
import type { Tool } from '../../model/tool.ts';
import type { CheckInput } from '../check.ts';
import type { TrafficLimits } from '../gates/traffic.ts';

/** What planning takes. */
export interface PlanInput
  extends Pick<
    CheckInput,
    'rules' | 'failOn' | 'protectedTables' | 'seedRows' | 'statementLimit' | 'version' | 'now' | 'signal' | 'progress'
  > {
  readonly target: Address;
  readonly tool: Tool;
  readonly folders: readonly string[];
  /** Relative to the repository's top; empty for the top itself. */
  readonly folder: string;
  readonly head: History;
  readonly commit?: string;
  /** Asked for a server of the target's major. */
  openServer(major: number): Promise<Server>;
  /** The last migration that a target has whose tool has no table yet, or `none`. */
  readonly baseline?: string;
  /** The last migration to apply; all where absent. */
  readonly upTo?: string;
  /** Rules and gates that are accepted. */
  readonly allow: readonly string[];
  readonly driftIgnore: readonly string[];
  readonly limits: TrafficLimits;
  /** Gates that are not about the target, such as the time of day. */
  readonly gates: readonly Gate[];
}
