import { n as run, t as backupOptions } from "./backup.js";

export { backupOptions, run };