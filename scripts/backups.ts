// Runs the tests of backups against real S3 servers and PostgreSQL: `node scripts/backups.ts [FILE …]`.
import { testAgainstS3 } from './against-s3.ts';

process.exitCode = await testAgainstS3('test/doors/backups/**/*.{test,s3}.ts');
