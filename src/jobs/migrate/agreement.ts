import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Agreement } from '../../model/migrate-report.ts';
import type { Address } from '../../model/server.ts';
import type { Asked, Witness, Word } from '../../model/witness.ts';
import type { Connection } from '../../postgres/connect.ts';
import { recordsOf } from '../plan/records.ts';
import type { MigrateInput } from './input.ts';

/** Milliseconds in which the program must answer. */
const patience = 60_000;

/** Asks the tool itself what is pending, and compares; undefined for a tool without a program. */
export async function agreementOf(
  session: Connection,
  { tool, head, target, folders, asking, signal, progress }: MigrateInput,
): Promise<Agreement | undefined> {
  const { witness, title, ledger } = tool;
  if (!witness) return undefined;
  const [folder, ...others] = folders;
  const why = asking === undefined ? 'its program was not looked for' : asking.program;
  if (typeof why === 'string' || !asking) return { outcome: 'not asked', message: `Not asked: ${String(why)}.` };
  if (folder === undefined || others.length > 0)
    return {
      outcome: 'not asked',
      message: `Not asked: it takes one folder of migrations, and there are ${folders.length}.`,
    };
  const program = `${witness.program} ${why.version}`;
  progress.step(`asking ${program} what is pending`);
  const said = await saidBy(why.path, witness, {
    ...{ target, folder: join(asking.root, folder), cwd: asking.root, signal },
    ...(ledger.named && { table: ledger.named }),
  });
  const { standing } = await recordsOf(session, { tool, head });
  const expected = ledger.agenda(head, standing).pending.map(({ id }) => id);
  const word = witness.answer(said, head.migrations);
  if (!word) return { program, ...unanswered(said, title) };
  return { program, ...compared(word, expected, title) };
}

function compared(
  { pending, unfinished }: Word,
  expected: readonly string[],
  title: string,
): Omit<Agreement, 'program'> {
  const more = pending.filter((id) => !expected.includes(id));
  const less = expected.filter((id) => !pending.includes(id));
  const faults = [
    ...(more.length > 0 ? [`${title} would apply ${listed(more)}, which its table says is applied`] : []),
    ...(less.length > 0 ? [`${title} does not see that ${listed(less)} is pending`] : []),
    ...(unfinished === undefined ? [] : [`${title} says that ${unfinished} is not finished`]),
  ];
  if (faults.length > 0) return { outcome: 'disagrees', message: `${faults.join('; ')}.` };
  const what = expected.length === 0 ? 'nothing is pending' : `${listed(expected)} is pending, and nothing else`;
  return { outcome: 'agrees', message: `It says that ${what}.` };
}

/** Without a table of its own it would make one, which its session may not (SQLSTATE 25006, read_only_sql_transaction). */
function unanswered(said: string, title: string): Omit<Agreement, 'program'> {
  if (/25006|read-only transaction/.test(said))
    return { outcome: 'disagrees', message: `${title} does not see its table where Lockkeeper has written it.` };
  const shown = said.trim().split('\n').slice(-3).join(' ').slice(0, 300);
  return { outcome: 'unclear', message: `It could not say: ${shown || 'it gave no answer'}.` };
}

function listed(ids: readonly string[]): string {
  return ids.length <= 3 ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`;
}

interface Where extends Pick<Asked, 'table'> {
  readonly target: Address;
  readonly folder: string;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** All it prints, without the password. Whatever it would write, its session may only read. */
function saidBy(path: string, witness: Witness, { target, folder, cwd, signal, table }: Where): Promise<string> {
  const { password, options = '', ...address } = target;
  const plain = address.sslmode === undefined || address.sslmode === 'prefer'; // which not every driver knows, and ours takes for no
  const asked = { ...address, ...(plain && { sslmode: 'disable' as const }) };
  const { words, environment } = witness.question({ folder, address: asked, ...(table && { table }) });
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))),
    ...environment,
    ...(password && { PGPASSWORD: password }),
    PGOPTIONS: `${options} -c default_transaction_read_only=on`.trim(), // in a URL, drivers decode them differently
  };
  return new Promise((resolve) => {
    execFile(path, [...words], { env, cwd, signal, timeout: patience, maxBuffer: 16e6 }, (error, stdout, stderr) => {
      const end = error && !stderr && !stdout ? error.message : '';
      const text = `${stdout}\n${stderr}\n${end}`;
      resolve(password ? text.replaceAll(password, '***').replaceAll(encodeURIComponent(password), '***') : text);
    });
  });
}

/** Variables that are not for it: Lockkeeper's, and where libpq would connect to without the address. */
const ours =
  /^(LOCKKEEPER|INPUT)_|^PG(HOST|HOSTADDR|PORT|USER|DATABASE|OPTIONS|SSLMODE|SERVICE|SERVICEFILE|TARGETSESSIONATTRS)$/;
