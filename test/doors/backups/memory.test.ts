import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsClients, type Scene, scene } from './scene.ts';

/** 100 MB as pg_dump writes them; a backup that held on to what has passed would have them all in memory. */
const rows = `CREATE TABLE bulk AS
  SELECT g, (SELECT string_agg(md5((g * 40 + i)::text), '') FROM generate_series(1, 40) i) AS text
    FROM generate_series(1, 75000) g`;

/** Tells the greatest size of the process at its end, in kB; `maxRSS` would be that of who started it, were it larger. */
const watch = `import { readFileSync } from 'node:fs';
  process.on('exit', () => console.error('peak', /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]))`;
const env = { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(watch)}"` };

const onLinux = process.platform === 'linux' ? needsClients : { skip: 'reads /proc' };

test('memory does not grow with the database: at most 200 MB, and 50 more than for none', onLinux, async (test) => {
  const [empty, full] = [await scene(test), await scene(test, rows)];
  const least = await peakOf(empty, 'none');
  for (const compression of ['zstd', 'gzip', 'none']) {
    const peak = await peakOf(full, compression);
    assert.ok(peak < 200 && peak - least < 50, `${compression}: ${peak} MB, with nothing to back up ${least} MB`);
  }
});

/** In MB. */
async function peakOf({ run }: Scene, compression: string): Promise<number> {
  const { status, stderr } = await run(['backup', '--compression', compression], env);
  assert.equal(status, 0, stderr);
  return Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024;
}
