import { type Connection, SqlError } from '../connect.ts';
import { createsRoles } from './names.ts';

/** A session whose statements that create roles are each followed by SQL that marks them, in the same transaction. */
export class MarkingConnection implements Connection {
  readonly #inner: Connection;
  readonly #marking: string;

  constructor(inner: Connection, marking: string) {
    this.#inner = inner;
    this.#marking = marking;
  }

  get pid(): number {
    return this.#inner.pid;
  }

  get transaction(): Connection['transaction'] {
    return this.#inner.transaction;
  }

  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]> {
    return this.#inner.query<Row>(sql, values);
  }

  async send(sql: string): Promise<readonly string[]> {
    const tags = await this.#inner.send(sql);
    if (mayCreateRoles(sql) && this.transaction !== 'failed') await this.#inner.send(this.#marking);
    return tags;
  }

  async sequence(statements: readonly string[]): Promise<void> {
    if (!statements.some(mayCreateRoles)) return this.#inner.sequence(statements);
    for (const [index, statement] of statements.entries())
      try {
        await this.send(statement);
      } catch (error) {
        if (!(error instanceof SqlError)) throw error;
        throw new SqlError(error.fault, error.position, error.completed, index);
      }
  }

  cancel(): Promise<void> {
    return this.#inner.cancel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inner[Symbol.asyncDispose]();
  }
}

/** Also what calls a function that may. */
function mayCreateRoles(sql: string): boolean {
  return createsRoles(sql) || /^\s*(select|with|call|execute|insert)\b/i.test(sql);
}
