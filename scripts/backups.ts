// Runs the tests of backups against real S3 servers, on PostgreSQL 15 and on 17 with the client programs of each:
// `node scripts/backups.ts [FILE …]`.
import { testAgainstS3 } from './against-s3.ts';

const pattern = 'test/{doors/backups/**/*.{test,s3},jobs/backup.test}.ts';
let majors = ['15', '17'];
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => (majors = []));

for (let major = majors.shift(); major; major = majors.shift()) {
  console.error(`Backups of PostgreSQL ${major}`);
  const code = await testAgainstS3(pattern, { LOCKKEEPER_TEST_BACKUPS_ON: major });
  process.exitCode ||= code;
}
