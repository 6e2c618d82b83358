#!/usr/bin/env node
import { openTerminal } from './open.ts';

await openTerminal(process.argv.slice(2));
