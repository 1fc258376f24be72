import type { Reader } from '../reader.ts';
import { go } from './go.ts';
import { gradle } from './gradle.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { pyproject, requirements, setupCfg } from './python.ts';

/** What manifests of all languages say that a program needs. */
export const dependencyReaders: readonly Reader[] = [
  maven,
  gradle,
  npm,
  pyproject,
  requirements,
  setupCfg,
  go,
];
