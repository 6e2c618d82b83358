// Runs the tests of backups that `npm test` does not: against real S3 servers, and on PostgreSQL 17 with its own client
// programs: `node scripts/backups.ts [FILE …]`; files that are named run on both majors.
import { testAgainstS3 } from './against-s3.ts';

/** By major. What is about S3 and not about a dump runs on one. */
const patterns: Readonly<Record<string, string>> = {
  15: 'test/doors/backups/s3/*.s3.ts',
  17: 'test/{doors/backups/*.test,doors/backups/s3/{story,ways}.s3,jobs/backup.test}.ts',
};
let majors = Object.keys(patterns);
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => (majors = []));

for (let major = majors.shift(); major; major = majors.shift()) {
  console.error(`Backups of PostgreSQL ${major}`);
  const code = await testAgainstS3(patterns[major] as string, { LOCKKEEPER_TEST_BACKUPS_ON: major });
  process.exitCode ||= code;
}
