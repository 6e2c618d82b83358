#!/usr/bin/env node
import { n as openTerminal } from "./open.js";

// src/cli.ts
await openTerminal(process.argv.slice(2));

export {  };