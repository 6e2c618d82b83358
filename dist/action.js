import { t as openAction } from "./open.js";

// src/action.ts
await openAction();

export {  };