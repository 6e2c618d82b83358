import { join } from 'node:path';
import type { Server } from '../../src/model/server.ts';
import { ms, type Row } from './measure.ts';
import { createMixed, lockkeeper, psql, urlFor, within } from './server.ts';
import { openStores, type Stores } from './stores.ts';

/** GB that pg_dump writes of `createMixed` at scale 1. */
const unit = 1.67;

/** GB. */
const sizes = (process.env.BENCH_SIZES || '0.2,2,10').split(',').map(Number);

/** Nobody decrypts it. */
const recipient = 'age12qy56s05t9mmv54ykfyatw5djkh69t775p4m4a6u40xyk8u3ls6sdsnxpl';

/** Says at the end how large it was at most; `maxRSS` would be that of who started it, were it larger. */
const watch = `import { readFileSync } from 'node:fs';
  process.on('exit', () => console.error('peak', /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]))`;
const watched = { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(watch)}"` };

const ways: Readonly<Record<string, readonly string[]>> = {
  ...{ zstd: [], gzip: ['--compression', 'gzip'], none: ['--compression', 'none'] },
  'zstd, encrypted': ['--encrypt-to', recipient],
};

/** The greatest size of our process, which does not grow with the database, whatever is in it. */
export async function memoryRows(server: Server): Promise<Row[]> {
  await using stores = await openStores();
  const rows: Row[] = [];
  for (const size of sizes) {
    await createMixed(server, 'sized', size / unit);
    rows.push(...(await peaks(server, stores, `${size} GB`, size > 2 ? ['zstd', 'none'] : Object.keys(ways))));
  }
  for (const [name, sql] of Object.entries(odd)) {
    psql(server, 'CREATE DATABASE sized');
    psql(within(server, 'sized'), sql);
    rows.push(...(await peaks(server, stores, name, ['zstd'])));
  }
  return rows;
}

/** What is large in another way. */
const odd: Readonly<Record<string, string>> = {
  '10,000 tables': `DO $$ BEGIN FOR n IN 1..10000 LOOP
    EXECUTE format('CREATE TABLE t%s (id bigint PRIMARY KEY, name text NOT NULL)', n);
    COMMIT; END LOOP; END $$`,
  'rows of 20 MB, 1 GB of them': `CREATE TABLE wide AS SELECT g, (SELECT string_agg(md5((g * 700000 + i)::text), '')
    FROM generate_series(1, 655360) i) AS content FROM generate_series(1, 50) g`,
};

async function peaks(server: Server, stores: Stores, size: string, named: readonly string[]): Promise<Row[]> {
  const url = urlFor(server, 'sized');
  const folder = join(stores.folder, 'store');
  const rows: Row[] = [];
  for (const way of named)
    for (const [kind, store] of Object.entries({ folder, S3: stores.s3 })) {
      const env = { ...watched, ...stores.env, LOCKKEEPER_URL: url };
      const start = performance.now();
      const { stderr } = lockkeeper(['backup', '--store', store, ...(ways[way] ?? [])], env);
      const peak = Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024;
      const told = [`peak memory, ${size}, ${kind}, ${way}`, `${peak.toFixed(0)} MiB`] as const;
      rows.push([...told, ms(performance.now() - start), '–', '≤ 200 MB']);
      console.error(told.join('  ')); // it takes long
      await stores.empty();
    }
  psql(server, 'DROP DATABASE sized');
  return rows;
}
