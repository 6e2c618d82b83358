import { n as run, r as runOf, t as backupOptions } from "./backup.js";

export { backupOptions, run, runOf };