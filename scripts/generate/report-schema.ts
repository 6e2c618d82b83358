import { createGenerator } from 'ts-json-schema-generator';

/** The schemas of reports, and of what is stored beside a dump, from the types of src/model/ and their docstrings. */
export async function files(): Promise<Record<string, string>> {
  return {
    'docs/report.schema.json': schemaOf('src/model/report.ts', 'CheckReport'),
    'docs/backup-report.schema.json': schemaOf('src/model/backup-report.ts', 'AnyBackupReport'),
    'docs/plan.schema.json': schemaOf('src/model/plan.ts', 'Plan'),
    'docs/waves.schema.json': schemaOf('src/model/waves.ts', 'WavesReport'),
    'docs/migrate-report.schema.json': schemaOf('src/model/migrate-report.ts', 'MigrateReport'),
    'docs/manifest.schema.json': schemaOf('src/model/backup.ts', 'Manifest'),
    'docs/drill.schema.json': schemaOf('src/model/backup.ts', 'Drill'),
  };
}

function schemaOf(path: string, type: string): string {
  const generator = createGenerator({
    ...{ path, type, tsconfig: 'tsconfig.json', skipTypeCheck: true, additionalProperties: true, topRef: true },
  });
  return `${JSON.stringify(generator.createSchema(type), null, 2)}\n`;
}
