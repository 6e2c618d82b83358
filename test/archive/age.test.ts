import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { decrypted, encrypted } from '../../src/archive/age.ts';
import { tally } from '../../src/archive/tally.ts';

async function* pieces(data: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.length; at += 50_000) yield data.subarray(at, at + 50_000);
}

const all = async (stream: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(stream));
const identities = [await generateIdentity(), await generateIdentity()] as const;
const recipients = await Promise.all(identities.map((each) => identityToRecipient(each)));
const data = randomBytes(1_000_000);

test('each recipient can read it, and nobody else', async () => {
  const secret = await all(encrypted(pieces(data), recipients));
  for (const identity of identities) assert.ok((await all(decrypted(pieces(secret), [identity]))).equals(data));
  await assert.rejects(all(decrypted(pieces(secret), [await generateIdentity()])), /None of the keys/);
});

test('what is cut or changed does not decrypt', async () => {
  const secret = await all(encrypted(pieces(data), recipients));
  const flipped = Buffer.from(secret);
  flipped[500_000] = (flipped[500_000] as number) ^ 1;
  for (const bad of [flipped, secret.subarray(0, -1), secret.subarray(0, 65_536 * 3)])
    await assert.rejects(all(decrypted(pieces(bad), [identities[0]])));
});

test('keys that are none are told, and not repeated', async () => {
  await assert.rejects(all(encrypted(pieces(data), ['age1nonsense'])), /recipients to encrypt to cannot be read/);
  const secret = await all(encrypted(pieces(data), recipients));
  const error = await all(decrypted(pieces(secret), ['AGE-SECRET-KEY-1WRONG'])).catch((each: Error) => each);
  assert.match(String(error), /A secret key cannot be read/);
  assert.doesNotMatch(String(error), /WRONG/);
});

test('bytes are counted and hashed on their way', async () => {
  const counted = tally(pieces(Buffer.from('abc')));
  assert.equal(String(await all(counted)), 'abc');
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.deepEqual(counted.digest(), { bytes: 3, sha256 });
});
