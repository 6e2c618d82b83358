import type { Address, Server } from '../../src/model/server.ts';
import { urlOf } from '../../src/postgres/url.ts';
import { loadProvider } from '../../src/servers/index.ts';
import { run, together } from './measure.ts';

/** What is measured: the bundle, as people run it. */
export const cli = process.env.BENCH_CLI || 'dist/cli.js';

/** That of BENCH_SERVER_URL, which may be far away as those of most people are; else one of its own. */
export async function openServer(): Promise<Server> {
  const { BENCH_SERVER_URL: url } = process.env;
  const provider = await loadProvider(url ? 'existing' : 'auto');
  const { signal } = new AbortController();
  return provider.open({ ...(url && { url }), signal, progress: { step: () => {} } });
}

/** Runs SQL, one transaction a string, in the server's first database. */
export function psql({ address }: Pick<Server, 'address'>, ...statements: readonly string[]): void {
  run('psql', words(statements), libpq(address));
}

/** A database of the server. */
export function within({ address }: Server, database: string): { readonly address: Address } {
  return { address: { ...address, database } };
}

/** Runs our program. */
export function lockkeeper(words: readonly string[], env: NodeJS.ProcessEnv, expected = 0) {
  return run(process.execPath, [cli, ...words], env, expected);
}

/** Of a database, as our program takes it. */
export function urlFor(server: Server, database: string): string {
  return urlOf(within(server, database).address);
}

/** libpq's variables. */
export function libpq({ host, port, user, password = '', database }: Address): Record<string, string> {
  return { PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database };
}

function words(statements: readonly string[]): string[] {
  return ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...statements.flatMap((each) => ['-c', each])];
}

/**
 * A database as people have them: rows that compress well, documents, and files that hardly do. At scale 1, pg_dump writes
 * 1.67 GB of it, of which zstd makes 0.48 GB.
 */
export async function createMixed(server: Server, name: string, scale: number): Promise<void> {
  psql(server, `CREATE DATABASE ${name}`);
  const { address } = within(server, name);
  const count = (rows: number) => `generate_series(1, ${Math.round(rows * scale)}) g`;
  const tables = [
    `CREATE TABLE events AS SELECT g AS id, timestamptz '2026-01-01' + g * interval '1.7 s' AS at, md5(g::text) AS token,
       g::bigint * 7919 % 100003 AS customer, 'order ' || g % 5000 || ' left the warehouse of '
       || (ARRAY['Lyon', 'Nantes', 'Lille', 'Marseille'])[1 + g % 4] || ' with parcel service ' || g % 17 AS note
       FROM ${count(7_500_000)}`,
    `CREATE TABLE documents AS SELECT g AS id, jsonb_build_object('customer', g % 1000, 'lines', (
       SELECT jsonb_agg(jsonb_build_object('sku', md5((g * 20 + i)::text), 'amount', (g * i::bigint) % 97, 'text', repeat('word ', 1 + i % 5)))
         FROM generate_series(1, 12) i)) AS content FROM ${count(400_000)}`,
    `CREATE TABLE files AS SELECT g AS id, (SELECT string_agg(decode(md5((g::bigint * 1000 + i)::text), 'hex'), '')
       FROM generate_series(1, 1000) i) AS content FROM ${count(6_000)}`,
  ];
  await together(tables.map((table) => ['psql', words([table]), libpq(address)] as const));
  const keys = ['events', 'documents', 'files'].map((table) => `ALTER TABLE ${table} ADD PRIMARY KEY (id)`);
  psql({ address }, ...keys, 'CREATE INDEX ON events (customer)', 'VACUUM ANALYZE');
}
