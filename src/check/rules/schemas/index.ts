import type { Rule } from '../../rule.ts';
import { autoRegister } from './kv002-auto-register.ts';
import { incompatible } from './kv003-incompatible.ts';
import { nullIsNotFirst } from './kv004-null-not-first.ts';
import { notReserved } from './kv005-not-reserved.ts';
import { moneyAsFraction } from './kv006-money.ts';
import { noRegistryUrl } from './kv010-registry-url.ts';
import { invalidSchema } from './kv011-invalid.ts';
import { enumWithoutDefault } from './kv012-enum-default.ts';
import { timestampAsNumber } from './kv013-timestamp.ts';

/** About schemas that are valid, whatever they are compared with. */
export const schemaLintRules: readonly Rule[] = [
  nullIsNotFirst,
  notReserved,
  moneyAsFraction,
  enumWithoutDefault,
  timestampAsNumber,
];

export const schemaRules: readonly Rule[] = [
  autoRegister,
  incompatible,
  noRegistryUrl,
  invalidSchema,
  ...schemaLintRules,
];
