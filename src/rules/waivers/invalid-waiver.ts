import type { Rule } from '../../model/rule.ts';

export const rule: Rule = {
  id: 'invalid-waiver',
  severity: 'warning',
  what: 'A waiver comment has no reason, names a rule that does not exist or cannot be waived, or has a malformed date.',
  why: 'It accepts nothing, although whoever wrote it believes so.',
  instead:
    'Write `-- lockkeeper:allow rule-id because …`, with `until YYYY-MM-DD` before the reason where it shall end.',
  sources: ['Lockkeeper, "Waivers"'],
  waivable: false,
};
