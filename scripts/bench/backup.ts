import { join } from 'node:path';
import type { BackupReport } from '../../src/model/backup-report.ts';
import type { Server } from '../../src/model/server.ts';
import { alternate, isThere, type Row, row, run } from './measure.ts';
import { createMixed, libpq, lockkeeper, psql, urlFor, within } from './server.ts';
import { openStores, type Stores } from './stores.ts';

const turns = Number(process.env.BENCH_TURNS || 3);

/** Whole backups, hashes of both sides included, apart from and together with reading them back, against pipes and pg_dump. */
export async function backupRows(server: Server): Promise<Row[]> {
  await using stores = await openStores();
  await createMixed(server, 'mixed', 1);
  try {
    return [...toS3(server, stores), ...toFolder(server, stores)];
  } finally {
    psql(server, 'DROP DATABASE mixed');
  }
}

/** The script that most people have; its uploader is AWS's own. */
function toS3(server: Server, { s3, env }: Stores): Row[] {
  if (!isThere('aws')) return [];
  const script = `set -o pipefail; pg_dump -Fc | gzip | aws --endpoint-url "$AWS_ENDPOINT_URL" s3 cp - ${s3}/piped`;
  const apart: number[] = [];
  const { ours, peer } = alternate(turns, {
    ours: () => void apart.push(backUp(server, s3, env)),
    peer: () => void run('bash', ['-c', script], { ...libpq(within(server, 'mixed').address), ...env }),
  });
  const named = 'pg_dump -Fc | gzip | aws s3 cp';
  return [
    row('backup to S3', without(ours, apart), peer, named, '≤ 0.29 ×'),
    row('backup to S3, read back', ours, peer, named, '≤ 0.29 ×'),
  ];
}

function toFolder(server: Server, { folder }: Stores): Row[] {
  const apart: number[] = [];
  const env = libpq(within(server, 'mixed').address);
  const out = join(folder, 'piped');
  const sh = (script: string) => void run('bash', ['-c', `set -o pipefail; ${script}`], env);
  const dump = 'pg_dump -Fc -Z0';
  const hash = (name: string) => `tee >(sha256sum > ${join(folder, name)})`;
  const { ours, raw, hashed, directory } = alternate(turns, {
    ours: () => void apart.push(backUp(server, join(folder, 'store'), {})),
    raw: () => sh(`${dump} | zstd -q -3 -T2 > ${out}`),
    hashed: () => sh(`${dump} | ${hash('plain')} | zstd -q -3 -T2 | ${hash('stored')} > ${out}`),
    directory: () => sh(`rm -rf ${out}.d; pg_dump -Fd -j2 -f ${out}.d`),
  });
  const dumping = without(ours, apart);
  return [
    row('backup to a folder', dumping, raw, `${dump} | zstd -3 -T2`, '≤ 1.25 ×'),
    row('backup to a folder', dumping, hashed, 'the same with sha256sum before and after', '≤ 1 ×'),
    row('backup to a folder, read back', ours, hashed, 'the same, not read back', '–'),
    row('backup to a folder', dumping, directory, 'pg_dump -Fd -j2', '–'),
  ];
}

/** Milliseconds of reading back. */
function backUp(server: Server, store: string, env: NodeJS.ProcessEnv): number {
  const words = ['backup', '--store', store, '--report-json', '-'];
  const { stdout } = lockkeeper(words, { ...env, LOCKKEEPER_URL: urlFor(server, 'mixed') });
  const { backups }: BackupReport = JSON.parse(stdout);
  return backups[0]?.milliseconds.readBack ?? 0;
}

/** @param apart has the turn that warmed up, too */
function without(whole: readonly number[], apart: readonly number[]): number[] {
  return whole.map((time, turn) => time - (apart[turn + 1] as number));
}
