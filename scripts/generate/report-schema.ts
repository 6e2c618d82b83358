import { createGenerator } from 'ts-json-schema-generator';

/** docs/report.schema.json, from the types of src/model/report.ts and their docstrings. */
export async function files(): Promise<Record<string, string>> {
  const generator = createGenerator({
    path: 'src/model/report.ts',
    tsconfig: 'tsconfig.json',
    type: 'CheckReport',
    skipTypeCheck: true,
    additionalProperties: true,
    topRef: true,
  });
  return { 'docs/report.schema.json': `${JSON.stringify(generator.createSchema('CheckReport'), null, 2)}\n` };
}
