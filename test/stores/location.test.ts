import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KnownError } from '../../src/model/error.ts';
import { openStore } from '../../src/stores/index.ts';
import { type Location, locate } from '../../src/stores/location.ts';

test('what names a store', () => {
  const s3 = (bucket: string, prefix: string): Location => ({ kind: 's3', bucket, prefix });
  const folder = (path: string): Location => ({ kind: 'folder', path });
  const stores: [string, Location][] = [
    ['s3://backups', s3('backups', '')],
    ['s3://backups/', s3('backups', '')],
    ['s3://my.old_Bucket/a/b c', s3('my.old_Bucket', 'a/b c/')],
    ['s3://backups/a/b/', s3('backups', 'a/b/')],
    ['/var/backups', folder('/var/backups')],
    ['backups', folder('backups')],
    ['./s3', folder('./s3')],
    ['s3-backups/x', folder('s3-backups/x')],
    ['a:b/c', folder('a:b/c')],
    ['file:///var/my%20backups', folder('/var/my backups')],
  ];
  for (const [text, location] of stores) assert.deepEqual(locate(text), location, text);
});

test('what looks like a store and is none', async () => {
  const refused: [string, RegExp][] = [
    ['', /has no name/],
    [' s3://backups', /spaces/],
    ['s3://', /no bucket/],
    ['s3:///prefix', /no bucket/],
    ['s3:/backups', /not with `s3:\/\/`/],
    ['s3:backups', /not with `s3:\/\/`/],
    ['S3://backups', /not with `s3:\/\/`/],
    ['s3//backups', /not with `s3:\/\/`/],
    ['s3://b', /cannot be the name of a bucket/],
    ['s3://back ups/x', /cannot be the name of a bucket/],
    ['s3://localhost:9000/backups', /cannot be the name of a bucket/],
    ['s3://AKIAKEY:hunter2@backups', /has credentials/],
    ['s3://backups//x', /has an empty part/],
    ['s3://backups/../x', /has an empty part/],
    ['s3://backups/x?region=eu', /`\?`/],
    ['gs://user:hunter2@backups', /no way to a store of the kind `gs:`/],
    ['https://s3.example.org/backups', /no way to a store of the kind `https:`/],
    ['file:backups', /no way to a store of the kind `file:`/],
    ['~/backups', /only a shell/],
  ];
  for (const [text, message] of refused)
    await assert.rejects(
      openStore(text, { notice: () => {} }),
      (error) => {
        assert.ok(error instanceof KnownError, String(error));
        assert.equal(error.reason, 'usage');
        assert.match(error.message, message);
        assert.doesNotMatch(`${error.message} ${error.help}`, /hunter2|AKIA/);
        return true;
      },
      text,
    );
});
