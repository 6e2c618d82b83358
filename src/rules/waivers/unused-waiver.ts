import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'unused-waiver',
  severity: 'notice',
  what: 'A waiver comment accepts a rule that finds nothing at its place.',
  why: 'It would silently accept the next statement that somebody writes there.',
  instead:
    'Remove the waiver, or move it to the statement it was meant for: before it, inside it, or on its last line.',
  sources: ['squawk: unused-ignore'],
  waivable: false,
};
