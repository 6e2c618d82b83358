/** Where a PostgreSQL listens and who asks. The password is never printed, logged or put into arguments. */
export interface Address {
  /** Host name, address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  /** A database that is there, to connect to first. */
  readonly database: string;
  /** As libpq's sslmode. */
  readonly sslmode?: 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';
  /** As libpq's parameters of these names: files in PEM, of those to trust (or `system`) and of the client itself. */
  readonly files?: Readonly<Partial<Record<'sslrootcert' | 'sslcert' | 'sslkey', string>>>;
  /** As libpq's options: `-c search_path=app`. */
  readonly options?: string;
  /** Parameters of the URL that begin with `x-`: they are for migration tools. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export type ServerKind = 'existing' | 'binaries' | 'docker' | 'embedded';

/** A PostgreSQL that Lockkeeper started, or was lent, for the length of a job. Disposing ends what was started. */
export interface Server extends AsyncDisposable {
  readonly kind: ServerKind;
  /** `17.10` */
  readonly version: string;
  /** 17 */
  readonly major: number;
  readonly address: Address;
  /** True when others use it: what migrations change cluster-wide must be undone, and some statements must not run. */
  readonly lent: boolean;
  /** Last lines of the server's log, for the error when it dies; empty when there is none to read. */
  log(): Promise<string>;
}

/** What a job asks of a server. */
export interface ServerRequest {
  /** Wanted major; absent: whatever the way offers, the newest for `embedded`. */
  readonly major?: number;
  /** `existing`: connection URL. A secret. */
  readonly url?: string;
  /** Ends the start early. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** A way to a server. */
export interface ServerProvider {
  readonly kind: ServerKind;
  /** Throws `KnownError` with reason `unreachable` and the cause where there is none to be had this way. */
  open(request: ServerRequest): Promise<Server>;
}

/** Says what a job is doing, for people who wait. */
export interface Progress {
  /** A step has begun: `replaying 312 base migrations`. Plain text. */
  step(text: string): void;
  /** One step is written over the last: they may come every second. */
  readonly live?: true;
}

/** A database of our own on a server, dropped when disposed. */
export interface Scratch extends AsyncDisposable {
  readonly name: string;
  /** Address of that database. */
  readonly address: Address;
}
