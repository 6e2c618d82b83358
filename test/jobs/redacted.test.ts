import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redacted } from '../../src/jobs/migrate/redacted.ts';

const names = new Set(['people', 'email', 'people_email']);

test('PostgreSQL’s words are told where they hold nothing but names that are known', () => {
  for (const [message, sqlstate] of [
    ['could not create unique index "people_email"', '23505'],
    ['column "email" of relation "people" contains null values', '23502'],
    ['insert or update on table "people" violates foreign key constraint "people_email"', '23503'],
    ['integer out of range', '22003'],
  ] as const)
    assert.equal(redacted(message, sqlstate, names), message);
});

test('whatever else they say is not', () => {
  for (const [message, sqlstate, meaning] of [
    ['invalid input syntax for type integer: "ann@example.org"', '22P02', /^a value cannot be read as its new type;/],
    ['could not create unique index "ann@example.org"', '23505', /^two rows have the same value where none may;/],
    ['column "email" of relation "ann@example.org" contains null values', '23502', /^a value is NULL/],
    ['could not create unique index "people_email"\nann@example.org', '23505', /^two rows/],
    ['relation "people" does not exist, ann@example.org "people" does not exist', '42P01', /^a table is not there/],
    ['ann@example.org', 'P0001', /^the script raised an error;/],
    ['ann@example.org', 'ZZ999', /^PostgreSQL refuses it;/],
    ['The connection to PostgreSQL was lost: ann@example.org', undefined, /^it was cut off;/],
  ] as const) {
    const told = redacted(message, sqlstate, names);
    assert.match(told, meaning);
    assert.doesNotMatch(told, /ann@example\.org/);
  }
});
