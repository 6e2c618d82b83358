import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { alternate, median, ms, type Row, run } from './measure.ts';
import { lockkeeper } from './server.ts';

/** What starting costs, and the size of what is started. */
export async function startRows(): Promise<Row[]> {
  return [startAgainstNode(), await sizeOfDist()];
}

/** From the start of node until the job begins and finds that there is nothing of the kind to check. */
function startAgainstNode(): Row {
  const times = alternate(7, {
    ours: () => void lockkeeper(['check', '--working-directory', 'docs', '--applied-through', 'x'], {}, 2),
    peer: () => void run(process.execPath, ['-e', '0']),
  });
  const [ours, peer] = [median(times.ours), median(times.peer)];
  return ['start until the job begins', ms(ours), `${ms(peer)} node -e 0`, `+${ms(ours - peer)}`, '≤ +150 ms'];
}

async function sizeOfDist(): Promise<Row> {
  const names = await readdir('dist');
  const sizes = await Promise.all(names.map(async (name) => (await stat(join('dist', name))).size));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  return ['size of dist/', `${megabytes.toFixed(1)} MB`, '–', '–', '≤ 6 MB'];
}
