import type { StatementFacts, World } from '../model/rule.ts';
import type { DomainType } from '../model/schema.ts';
import { type AlterCommand, alterCommands, columnConstraints } from '../postgres/syntax/alter-table.ts';
import { defaultText, typeName, typeText } from '../postgres/syntax/columns.ts';
import { functionsIn } from '../postgres/syntax/constraints.ts';
import { domainOf } from './domain.ts';
import { type Observed, observedAlter } from './observed.ts';

/** What an added column brings that may make PostgreSQL rewrite the table. */
export type AddedKind = 'serial' | 'identity' | 'stored' | 'domain' | 'computed default' | 'virtual' | 'plain';

/** A column that an ALTER TABLE adds to a table in use. */
export interface AddedColumn {
  readonly name: string;
  readonly kind: AddedKind;
  /** Its type and default, as they are written; the default is empty where there is none. */
  readonly type: string;
  readonly default: string;
  readonly notNull: boolean;
  /** It has no more than a type, a default and NOT NULL, so that they can be given to it one after the other. */
  readonly simple: boolean;
  readonly domain: DomainType | undefined;
  readonly command: AlterCommand;
  readonly facts: StatementFacts;
  readonly observed: Observed;
}

/** Columns of one kind whose addition was seen to rewrite the table. */
export function rewritingColumns(facts: StatementFacts, world: World, kind: AddedKind): AddedColumn[] {
  const seen = observedAlter(facts, world);
  return seen && seen.rewritten.length > 0
    ? addedColumns(facts, world, seen).filter((column) => column.kind === kind)
    : [];
}

/** Columns that an ALTER TABLE adds. */
export function addedColumns(facts: StatementFacts, world: World, observed: Observed): AddedColumn[] {
  return alterCommands(facts.statement, 'AT_AddColumn').map((command) => {
    const types = columnConstraints(command).map(({ contype }) => contype);
    const known = ['CONSTR_DEFAULT', 'CONSTR_NOTNULL', 'CONSTR_NULL', 'CONSTR_IDENTITY'];
    const domain = domainOf(command, world);
    return {
      name: command.name ?? '',
      kind: kindOf(command, domain, world),
      type: typeText(command, facts.statement),
      default: defaultText(command, facts.statement),
      notNull: types.includes('CONSTR_NOTNULL') || types.includes('CONSTR_PRIMARY'),
      simple: types.every((type) => known.includes(type ?? '')) && !command.column?.collClause,
      ...{ domain, command, facts, observed },
    };
  });
}

function kindOf(command: AlterCommand, domain: DomainType | undefined, world: World): AddedKind {
  if (/^(small|big)?serial[248]?$/.test(typeName(command))) return 'serial';
  const constraints = columnConstraints(command);
  if (constraints.some(({ contype }) => contype === 'CONSTR_IDENTITY')) return 'identity';
  const generated = constraints.find(({ contype }) => contype === 'CONSTR_GENERATED');
  if (generated) return generated.generated_kind === 'v' ? 'virtual' : 'stored';
  if (domain) return 'domain';
  const value = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  return functionsIn(value).some((name) => mayBeVolatile(name, world)) ? 'computed default' : 'plain';
}

/** PostgreSQL's own functions that defaults often call and that have one value through a whole transaction. */
const stable = ['now', 'transaction_timestamp', 'statement_timestamp', 'current_setting', 'timezone', 'date_trunc'];

function mayBeVolatile(name: string, { before, after }: World): boolean {
  const own = [...before.objects, ...after.objects].filter((each) => each.kind === 'function' && each.name === name);
  if (own.length > 0) return own.some((each) => each.kind === 'function' && each.volatility === 'volatile');
  return !stable.includes(name);
}
