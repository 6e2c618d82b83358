import { KnownError } from '../model/error.ts';
import type { NamedTable } from '../model/ledger.ts';
import type { Address } from '../model/server.ts';
import type { Surroundings, Tool } from '../model/tool.ts';
import type { Settings } from '../settings.ts';
import { loadTool, toolNames } from '../tools/index.ts';
import { tableNamed } from '../tools/reading/named.ts';

type Said = Pick<Settings, 'migrationsTable'>;

/** The tool with the table that the settings name, or what it would itself be told here. Throws `KnownError`. */
export function withTable(tool: Tool, settings: Said, address?: Address, environment = process.env): Tool {
  const { naming, title } = tool;
  const set = tableSet(settings);
  if (set && !naming)
    throw new KnownError(`\`migrations-table\`: ${title} has no table that can be named.`, {
      help: 'Lockkeeper keeps what is applied there in its own, lockkeeper_history.',
    });
  const named = set ?? naming?.said(surroundings(address, environment));
  return naming && named ? { ...tool, ledger: naming.ledger(named) } : tool;
}

/** The schema of that table, where one is said, whatever the tool: Lockkeeper's own table lies beside it. */
export async function schemaNamed(
  settings: Said,
  address: Address,
  environment = process.env,
): Promise<string | undefined> {
  const set = tableSet(settings);
  if (set) return set.schema;
  const tools = await Promise.all(toolNames.map(loadTool));
  const said = tools.map(({ naming }) => naming?.said(surroundings(address, environment))?.schema);
  return said.find((schema) => schema !== undefined);
}

function tableSet({ migrationsTable }: Said): NamedTable | undefined {
  return migrationsTable === undefined ? undefined : tableNamed(migrationsTable, '`migrations-table`');
}

function surroundings(address: Address | undefined, environment: Surroundings['environment']): Surroundings {
  return { environment, parameters: address?.parameters ?? {} };
}
