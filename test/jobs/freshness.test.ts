import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisive } from '../../src/jobs/backups/freshness.ts';
import type { Drill } from '../../src/model/backup.ts';

/** `restore-` is one that restored and failed, `bytes+` one that read and passed, `?` one that cannot be read. */
function drills(text: string): (Pick<Drill, 'depth' | 'outcome'> | undefined)[] {
  return text.split(' ').map((each) => {
    const depth = each.slice(0, -1) as Drill['depth'];
    return each === '?' ? undefined : { depth, outcome: each.endsWith('+') ? 'passed' : 'failed' };
  });
}

const textOf = (drill: Pick<Drill, 'depth' | 'outcome'> | undefined) =>
  drill ? `${drill.depth}${drill.outcome === 'passed' ? '+' : '-'}` : '?';

for (const [held, standing] of Object.entries({
  'bytes+': 'bytes+',
  'restore+ bytes+': 'bytes+',
  'restore- bytes+': 'restore-',
  'restore- decode+ bytes+': 'restore-',
  'restore- restore+': 'restore+',
  'bytes- decode+': 'decode+',
  'restore+ restore-': 'restore-',
  'restore+ ?': '?',
  '? bytes+': '?',
  '? restore+': 'restore+',
  'restore- bytes- bytes+': 'bytes-',
}))
  test(`${held}: by ${standing}`, () => assert.equal(textOf(decisive(drills(held))), standing));
