import type { Problem, Rule, StatementFacts, World } from '../../model/rule.ts';
import { objectsOf, type Routine } from '../../model/schema.ts';
import { type CreatedFunction, createdFunction, parsed } from '../../postgres/syntax/functions.ts';

export const rule: Rule = {
  id: 'function-overload-trap',
  severity: 'warning',
  what: 'CREATE OR REPLACE FUNCTION has other parameters than the function that is there, and so replaces nothing.',
  why: 'A second function comes beside the first, which goes on doing what it did. It is an error where both fit the same call, because of a default: every such call then fails as not unique (SQLSTATE 42725).',
  instead: 'DROP the old function in the same transaction, or give the new one another name.',
  sources: ['PostgreSQL documentation, 36.6 "Function Overloading"; 10.3 "Functions"; measured on 12 to 18'],
  statement: {
    kinds: ['CreateFunctionStmt'],
    check(facts, world) {
      const written = createdFunction(facts.statement.node);
      const created = written && routineMade(written, world);
      if (!created) return [];
      const others = beside(created, world);
      const rival = others.find((each) => fitSameCall(inputsOf(each), written.inputs));
      if (rival) return [problem(created, rival, 'error', facts)];
      const [other, ...more] = others;
      return written.replace && other && more.length === 0 ? [problem(created, other, 'warning', facts)] : [];
    },
  },
};

/** The new routine that a statement made, if it is still there at the end. */
function routineMade({ name, inputs }: CreatedFunction, { before, after }: World): Routine | undefined {
  const known = new Set([...objectsOf(before, 'function').values()].map(({ oid }) => oid));
  return [...objectsOf(after, 'function').values()].find(
    (each) =>
      !known.has(each.oid) &&
      each.name === name.name &&
      (name.schema === undefined || each.schema === name.schema) &&
      sameTypes(inputsOf(each), inputs, inputs.length) &&
      inputsOf(each).length === inputs.length,
  );
}

/** Routines of the base that have the same name, and are still there at the end. */
function beside({ schema, name }: Routine, { before, after }: World): Routine[] {
  const kept = new Set([...objectsOf(after, 'function').values()].map(({ oid }) => oid));
  return [...objectsOf(before, 'function').values()].filter(
    (each) => each.schema === schema && each.name === name && kept.has(each.oid) && each.type !== 'aggregate',
  );
}

type Inputs = CreatedFunction['inputs'];

function inputsOf({ definition }: Routine): Inputs {
  return createdFunction(parsed(definition))?.inputs ?? [];
}

/** Whether some number of arguments suits both, with the same types, so that PostgreSQL cannot choose. */
function fitSameCall(a: Inputs, b: Inputs): boolean {
  const needed = Math.max(...[a, b].map((inputs) => inputs.filter(({ optional }) => !optional).length));
  return needed <= Math.min(a.length, b.length) && sameTypes(a, b, needed);
}

function sameTypes(a: Inputs, b: Inputs, count: number): boolean {
  return a.slice(0, count).every(({ type }, index) => type === b[index]?.type);
}

function problem(
  created: Routine,
  other: Routine,
  severity: 'error' | 'warning',
  { statement }: StatementFacts,
): Problem {
  const effect =
    severity === 'error'
      ? 'a call that fits both fails as not unique'
      : 'whoever calls that one still gets what it did before';
  return {
    message: `This makes a second function ${created.id} beside ${other.id}: ${effect}.`,
    severity,
    instead: {
      text: `Write DROP ${kindOf(other)} ${other.id}; before line ${statement.line}, or choose another name.`,
    },
  };
}

function kindOf({ type }: Routine): string {
  return type === 'procedure' ? 'PROCEDURE' : 'FUNCTION';
}
