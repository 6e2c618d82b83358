import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'expired-waiver',
  severity: 'warning',
  what: 'A waiver comment has an end date that has passed; the finding it accepted is open again.',
  why: 'Somebody accepted the risk for a time that is over.',
  instead: 'Change the statement, or give the waiver a later date and a reason that still holds.',
  sources: ['Lockkeeper, "Waivers"'],
  waivable: false,
};
