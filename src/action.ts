import { openAction } from './open.ts';

await openAction();
