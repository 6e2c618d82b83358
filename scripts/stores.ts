// Runs the tests of stores against real S3 servers: `node scripts/stores.ts [FILE …]`.
import { testAgainstS3 } from './against-s3.ts';

// none of them needs PostgreSQL
process.exitCode = await testAgainstS3('test/stores/**/*.{test,s3}.ts', { LOCKKEEPER_TEST_SERVERS: '[]' });
