import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where scripts keep the programs that they fetch, from one run to the next. */
export const toolsFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'lockkeeper-tools');
