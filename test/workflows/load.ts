import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../src/postgres/connect.ts';
import { sessionOn } from './user.ts';

/** What an application went through. */
export interface Load {
  readonly statements: number;
  /** Of the statement that took longest, in milliseconds. */
  readonly longest: number;
  readonly errors: readonly string[];
}

/** What the example shop does all day; each has a number that differs from time to time. */
const work = [
  (n: number) => `INSERT INTO orders (customer_id, note) VALUES (1 + ${n} % 2000, 'order ${n}')`,
  (n: number) => `UPDATE orders SET note = 'changed ${n}' WHERE id = 1 + ${n} % 5000`,
  (n: number) => `UPDATE customers SET name = 'customer ${n}' WHERE id = 1 + ${n} % 2000`,
  (n: number) => `INSERT INTO order_lines SELECT max(id), 1 + ${n} % 50, 2 FROM orders ON CONFLICT DO NOTHING`,
];

/** An application of several sessions that writes all the time; to be ended for what it went through. */
export async function beginLoad(database: string, sessions = 4): Promise<{ end(): Promise<Load> }> {
  const load = { statements: 0, longest: 0, errors: [] as string[] };
  let isOver = false;
  const run = async (session: Connection, offset: number) => {
    for (let n = offset; !isOver; n += sessions) {
      const start = performance.now();
      await session.query(work[Math.floor(n / sessions) % work.length]?.(n) ?? '').catch(({ message }: Error) => {
        load.errors.push(message);
      });
      load.longest = Math.max(load.longest, performance.now() - start);
      load.statements += 1;
      await sleep(5);
    }
    await session[Symbol.asyncDispose]();
  };
  const all = await Promise.all(Array.from({ length: sessions }, () => sessionOn(database)));
  const running = all.map(run);
  return {
    end: async () => {
      isOver = true;
      await Promise.all(running);
      return load;
    },
  };
}
