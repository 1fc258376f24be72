import type { Rule } from '../../rule.ts';
import { secretInFile } from './kx003-secret-in-file.ts';
import { nameNotVerified } from './kx004-name-not-verified.ts';
import { unsecuredTokens } from './kx009-unsecured-tokens.ts';
import { privateKeyInFile } from './kx011-private-key.ts';
import { vulnerableDependency } from './kx014-vulnerable-dependency.ts';
import { mskInClear } from './kx020-msk-in-clear.ts';
import { mskForEverybody } from './kx021-msk-for-everybody.ts';

export const securityRules: readonly Rule[] = [
  secretInFile,
  nameNotVerified,
  unsecuredTokens,
  privateKeyInFile,
  vulnerableDependency,
  mskInClear,
  mskForEverybody,
];
