import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SqlError } from '../../src/postgres/connect.ts';
import { newest, servers } from '../support/postgres.ts';
import { seeded } from './seed-support.ts';

/** What a young application has, before anybody thought of foreign keys and checks. */
const schema = `
  CREATE EXTENSION btree_gist;
  CREATE TABLE users (id bigserial PRIMARY KEY, email text, username text, role varchar(20) DEFAULT 'member', is_admin text,
    active boolean DEFAULT true, settings text DEFAULT '{}', created_at text, age integer, website text, tenant_id uuid);
  CREATE TABLE categories (code varchar(10) PRIMARY KEY, name text);
  CREATE TABLE tenants (id uuid PRIMARY KEY, name text, owner_id text);
  CREATE TABLE accounts (id text PRIMARY KEY DEFAULT gen_random_uuid()::text, tenant_id uuid, user_id bigint, balance double precision);
  CREATE TABLE plans (id integer PRIMARY KEY, name text UNIQUE); INSERT INTO plans VALUES (100, 'free'), (200, 'team'), (300, 'all');
  CREATE TABLE orders (id serial PRIMARY KEY, customer_id integer, "assignedUserId" integer, created_by bigint, plan_id smallint,
    category varchar(10), category_code varchar(10), account_id text, billing_account_id text, tenant_id uuid, parent_id integer,
    reference varchar(36), external_uuid text, number text, total numeric(12,2), quantity integer, min_items integer, max_items integer,
    ends_at timestamptz, starts_at timestamptz, created_at timestamp, updated_at timestamp, shipped_on text, items jsonb DEFAULT '[]',
    client_ip text, tags text[], room integer, phone text);
  CREATE TABLE customers (id serial PRIMARY KEY, name text, created_at bigint);
  CREATE TABLE follows (follower_user_id bigint, followed_user_id bigint);
  CREATE TABLE memberships (tenant_id uuid, user_id bigint);
  CREATE TABLE posts (id uuid PRIMARY KEY, slug text, user_ids uuid[]); CREATE TABLE notes (id uuid PRIMARY KEY, slug text, post_id uuid);
  CREATE TABLE flows (id serial PRIMARY KEY, flow_name text UNIQUE); CREATE TABLE batches (flow_name text, time_zone text, version text);
  CREATE TABLE notices (tenant_id uuid, author_id bigint, user_id bigint, account_id text, post_id uuid, note_id uuid, CHECK (post_id IS NULL OR note_id IS NULL));
  CREATE TABLE measures (low integer, high integer, starts date, ends date);`;

/** Pending statements that would succeed on the rows of such an application. */
const pending = [
  // foreign keys, also to tables whose rows came with the schema, and along names that tell less
  'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers',
  'ALTER TABLE orders ADD FOREIGN KEY ("assignedUserId") REFERENCES users',
  'ALTER TABLE orders ADD FOREIGN KEY (created_by) REFERENCES users',
  'ALTER TABLE orders ADD FOREIGN KEY (plan_id) REFERENCES plans',
  'ALTER TABLE orders ADD FOREIGN KEY (category) REFERENCES categories',
  'ALTER TABLE orders ADD FOREIGN KEY (category_code) REFERENCES categories (code)',
  'ALTER TABLE orders ADD FOREIGN KEY (account_id) REFERENCES accounts',
  'ALTER TABLE orders ADD FOREIGN KEY (billing_account_id) REFERENCES accounts',
  'ALTER TABLE orders ADD FOREIGN KEY (parent_id) REFERENCES orders, ADD CHECK (parent_id <> id)',
  'ALTER TABLE orders ADD FOREIGN KEY (room) REFERENCES customers',
  'ALTER TABLE users ADD FOREIGN KEY (tenant_id) REFERENCES tenants, ALTER tenant_id SET NOT NULL',
  'ALTER TABLE tenants ALTER owner_id TYPE bigint USING owner_id::bigint, ADD FOREIGN KEY (owner_id) REFERENCES users',
  'ALTER TABLE notes ADD FOREIGN KEY (id) REFERENCES posts',
  'ALTER TABLE accounts ADD UNIQUE (tenant_id, user_id); ALTER TABLE memberships ADD FOREIGN KEY (tenant_id, user_id) REFERENCES accounts (tenant_id, user_id)',
  'ALTER TABLE follows ADD PRIMARY KEY (follower_user_id, followed_user_id), ADD CHECK (follower_user_id <> followed_user_id)',
  'ALTER TABLE batches ADD FOREIGN KEY (flow_name) REFERENCES flows (flow_name)',
  'ALTER TABLE accounts ADD UNIQUE (user_id, tenant_id); ALTER TABLE notices ADD FOREIGN KEY (author_id, tenant_id) REFERENCES accounts (user_id, tenant_id), ADD FOREIGN KEY (user_id, tenant_id) REFERENCES accounts (user_id, tenant_id)',
  // keys
  ...['email', 'username', 'website', 'tenant_id', 'created_at'].map(
    (each) => `ALTER TABLE users ADD UNIQUE (${each})`,
  ),
  'CREATE UNIQUE INDEX ON users (lower(email))',
  'ALTER TABLE customers DROP CONSTRAINT customers_pkey, ADD PRIMARY KEY (name)',
  'CREATE TABLE slugs (slug text UNIQUE); INSERT INTO slugs SELECT slug FROM posts UNION ALL SELECT slug FROM notes',
  'ALTER TABLE orders ADD EXCLUDE USING gist (room WITH =, tstzrange(starts_at, ends_at) WITH &&)',
  'ALTER TABLE measures ADD EXCLUDE USING gist (daterange(starts, ends) WITH &&)',
  // types
  'ALTER TABLE users ALTER settings DROP DEFAULT, ALTER settings TYPE jsonb USING settings::jsonb',
  'ALTER TABLE users ALTER created_at TYPE timestamptz USING created_at::timestamptz',
  'ALTER TABLE users ALTER is_admin TYPE boolean USING is_admin::boolean',
  `CREATE TYPE role AS ENUM ('admin', 'member'); ALTER TABLE users ALTER role DROP DEFAULT, ALTER role TYPE role USING role::role`,
  'ALTER TABLE users ALTER age TYPE smallint, ALTER username TYPE varchar(10)',
  'ALTER TABLE orders ALTER number TYPE integer USING number::integer',
  'ALTER TABLE orders ALTER number TYPE numeric(6,2) USING number::numeric',
  'ALTER TABLE orders ALTER reference TYPE uuid USING reference::uuid, ALTER external_uuid TYPE uuid USING external_uuid::uuid',
  'ALTER TABLE accounts ALTER id DROP DEFAULT, ALTER id TYPE uuid USING id::uuid',
  'ALTER TABLE orders ALTER shipped_on TYPE date USING shipped_on::date, ALTER client_ip TYPE inet USING client_ip::inet',
  'ALTER TABLE orders ALTER total TYPE integer, ALTER quantity TYPE numeric(4,2)',
  'ALTER TABLE accounts ALTER balance TYPE numeric(10,2)',
  'ALTER TABLE customers ALTER created_at TYPE timestamptz USING to_timestamp(created_at)',
  'ALTER TABLE orders ALTER tags TYPE integer[] USING tags::integer[]',
  `ALTER TABLE batches ALTER version TYPE integer[] USING string_to_array(version, '.')::integer[]`,
  // checks and NOT NULL
  'ALTER TABLE orders ADD CHECK (quantity > 0), ADD CHECK (total >= 0), ADD CHECK (quantity BETWEEN 1 AND 100)',
  'ALTER TABLE orders ADD CHECK (min_items < max_items), ADD CHECK (starts_at < ends_at), ADD CHECK (updated_at >= created_at)',
  'ALTER TABLE measures ADD CHECK (low < high), ADD CHECK (starts <= ends)',
  `ALTER TABLE users ADD CHECK (email LIKE '%_@_%'), ADD CHECK (length(username) >= 3), ADD CHECK (website ~ '^https?://')`,
  `ALTER TABLE users ADD CHECK (role IN ('admin', 'member')), ADD CHECK (age BETWEEN 0 AND 150), ADD CHECK (active)`,
  `ALTER TABLE orders ADD CHECK (jsonb_typeof(items) = 'array'), ADD CHECK (phone ~ '^[+][0-9]+$')`,
  ...['customer_id', 'category', 'number', 'items', 'ends_at'].map(
    (each) => `ALTER TABLE orders ALTER ${each} SET NOT NULL`,
  ),
  // data
  'SELECT now() AT TIME ZONE time_zone FROM batches',
  "CREATE TABLE order_items AS SELECT o.id, item ->> 'sku' AS sku FROM orders o, jsonb_array_elements(items) AS item",
  'WITH RECURSIVE path AS (SELECT id FROM orders WHERE parent_id IS NULL UNION ALL SELECT o.id FROM orders o JOIN path ON o.parent_id = path.id) SELECT count(*) FROM path',
];

for (const server of new Set([...servers.slice(0, 1), newest])) {
  test(`pending statements that real rows allow succeed on made-up ones, PostgreSQL ${server.major}`, async () => {
    const random = server.major < 13 ? 'CREATE EXTENSION pgcrypto;' : '';
    await using database = await seeded(server, random + schema);
    assert.deepEqual(database.result.skipped, []);
    const refused: string[] = [];
    for (const sql of pending) {
      await database.session.send('BEGIN');
      try {
        await database.session.send(sql);
      } catch (error) {
        if (!(error instanceof SqlError)) throw error;
        refused.push(`${sql}: ${error.message} ${error.fault.detail ?? ''}`);
      }
      await database.session.send('ROLLBACK');
    }
    assert.deepEqual(refused, []);
  });
}
