import { n as openTerminal, t as openAction } from "./open.js";

export { openTerminal };