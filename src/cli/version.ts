import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../artifacts/templates.ts';

/** Of the installed package. */
export const krafterVersion: string = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;
