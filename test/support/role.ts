import { randomBytes } from 'node:crypto';
import type { Connection } from '../../src/postgres/connect.ts';

/** Does work with a role of its own, which goes afterwards with what it owns in the session's database. */
export async function withRole<T>(
  admin: Connection,
  attributes: string,
  work: (role: string) => Promise<T>,
): Promise<T> {
  const role = `role_${randomBytes(5).toString('hex')}`;
  await admin.send(`CREATE ROLE ${role} ${attributes}`);
  try {
    return await work(role);
  } finally {
    if (admin.transaction !== 'none') await admin.send('ROLLBACK');
    await admin.send(`REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
}
