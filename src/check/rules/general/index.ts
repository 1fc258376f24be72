import type { Rule } from '../../rule.ts';
import { unknownKey } from './kg001-unknown-key.ts';
import { removedKey } from './kg002-removed-key.ts';
import { deprecatedKey } from './kg003-deprecated-key.ts';
import { invalidValue } from './kg004-invalid-value.ts';
import { saidTwice } from './kg005-said-twice.ts';
import { commentInValue } from './kg006-inline-comment.ts';

export const generalRules: readonly Rule[] = [
  unknownKey,
  removedKey,
  deprecatedKey,
  invalidValue,
  saidTwice,
  commentInValue,
];
