import type { Migration } from '../../model/migration.ts';
import type { Progress, Server } from '../../model/server.ts';
import { type Connection, SqlError } from '../connect.ts';
import { isGone, type Lease, openLease, waitForTurn } from '../lease.ts';
import { quote } from '../quote.ts';
import { MarkingConnection } from './marking.ts';
import { isRoleMark, markingSql, roleMark } from './marks.ts';
import { missingRoles, namesRoles } from './missing-roles.ts';
import { createsRoles, mentions, rolesPerhapsCreatedBy, worksWithRoles } from './names.ts';
import { prepare } from './prepare.ts';
import { type Refusal, type Refusals, refusalsAnywhere, refusalsOnLent } from './refusals.ts';
import { restoreCluster } from './restore.ts';
import { type ClusterState, snapshotCluster } from './state.ts';

/**
 * Keeps what migrations do to a whole server from staying there: what changed and is named in them is put back, and
 * everything else is others' and left alone. On a lent server what was there before is never changed at all: statements
 * that would are not run, and roles that the migrations create are marked as this check's. Disposing undoes.
 */
export interface ClusterGuard extends AsyncDisposable {
  /** Why a statement is not to be run on this server. */
  readonly refusal: Refusal;
  /** The base migrations without the statements that are not to be run; the notes of `undo` name those. */
  prepare(migrations: readonly Migration[]): Promise<readonly Migration[]>;
  /** The session, made to mark the roles that its statements create. */
  marking(session: Connection): Connection;
  /** Puts the server back as it was, once the scratch database is gone; returns whole sentences for the report. */
  undo(): Promise<string[]>;
}

export interface GuardOptions {
  readonly server: Server;
  /** All that will be run there. */
  readonly migrations: readonly Migration[];
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Looks at the server before migrations run. On a lent one only one check at a time works with roles, as two that both
 * create `app` would meet each other's; the others wait here.
 */
export async function openGuard({ server, migrations, signal, progress }: GuardOptions): Promise<ClusterGuard> {
  const lease = await openLease(server);
  try {
    const texts = migrations.flatMap(({ up, down }) => [up.text, ...(down ? [down.text] : [])]);
    if (server.lent && texts.some((text) => worksWithRoles(text) || namesRoles(text)))
      await waitForTurn(lease.session, signal, progress);
    return new ServerGuard(lease, server.lent, texts, await snapshotCluster(lease.session));
  } catch (error) {
    await lease[Symbol.asyncDispose]();
    throw error;
  }
}

class ServerGuard implements ClusterGuard {
  readonly refusal: Refusal;
  readonly #refusals: Refusals;
  readonly #lease: Lease;
  readonly #lent: boolean;
  readonly #before: ClusterState;
  readonly #mentioned: (name: string) => boolean;
  /** SQL that marks roles; undefined where none will be created, or the server is our own. */
  readonly #marking: string | undefined;
  #leftOut: readonly string[] = [];
  /** Roles that were missing, and that nobody needs to be told of again. */
  readonly #made: string[] = [];

  constructor(lease: Lease, lent: boolean, texts: readonly string[], before: ClusterState) {
    this.#lease = lease;
    this.#lent = lent;
    this.#before = before;
    this.#mentioned = mentions(texts);
    this.#refusals = lent ? refusalsOnLent(before) : refusalsAnywhere(before);
    this.refusal = this.#refusals.of;
    const created = texts.filter(createsRoles).flatMap((text) => [...rolesPerhapsCreatedBy(text)]);
    const names = [...new Set(created)].filter((name) => !before.roles.has(name));
    this.#marking = lent && names.length > 0 ? markingSql(lease.key, names) : undefined;
  }

  async prepare(migrations: readonly Migration[]): Promise<readonly Migration[]> {
    const prepared: Migration[] = [];
    const leftOut = await this.#makeMissingRoles(migrations);
    for (const each of migrations) {
      const done = await prepare(each, this.#refusals, this.#marking);
      prepared.push(done.migration);
      leftOut.push(...done.leftOut);
    }
    this.#leftOut = leftOut;
    return prepared;
  }

  /** Where the check may not, the replay says which role is missing. */
  async #makeMissingRoles(migrations: readonly Migration[]): Promise<string[]> {
    const { session, key } = this.#lease;
    const notes: string[] = [];
    for (const name of await missingRoles(migrations, this.#before.roles)) {
      try {
        await session.send(`CREATE ROLE ${quote(name)} NOLOGIN; COMMENT ON ROLE ${quote(name)} IS '${roleMark(key)}'`);
        this.#made.push(name);
        notes.push(`The role ${name}, which no migration creates, was made for the rehearsal.`);
      } catch (error) {
        if (!(error instanceof SqlError)) throw error;
      }
    }
    return notes;
  }

  marking(session: Connection): Connection {
    return this.#marking ? new MarkingConnection(session, this.#marking) : session;
  }

  async undo(): Promise<string[]> {
    const mark = roleMark(this.#lease.key);
    const isOurs = (name: string, comment = '') => comment === mark || (!isRoleMark(comment) && this.#mentioned(name));
    const notes = await restoreCluster(this.#lease.session, this.#before, { lent: this.#lent, isOurs });
    const told = notes.filter((note) => !this.#made.some((role) => note.startsWith(`The role ${role},`)));
    return [...this.#leftOut, ...(this.#lent ? told : [])]; // what a server of our own was like interests nobody
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (this.#lent) await this.undo(); // a server of our own ends now
    } catch (error) {
      if (!isGone(error)) throw error; // the next check sweeps up, where there is a server still
    } finally {
      await this.#lease[Symbol.asyncDispose]();
    }
  }
}
