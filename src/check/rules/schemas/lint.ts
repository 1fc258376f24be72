import type { Rule } from '../../rule.ts';
import { nullIsNotFirst } from './kv004-null-not-first.ts';
import { notReserved } from './kv005-not-reserved.ts';
import { moneyAsFraction } from './kv006-money.ts';
import { enumWithoutDefault } from './kv012-enum-default.ts';
import { timestampAsNumber } from './kv013-timestamp.ts';
import { nullableWithoutDefault } from './kv014-nullable-default.ts';

/** What may be wrong with a schema that is valid. `krafter schema validate` has them too. */
export const schemaLintRules: readonly Rule[] = [
  nullIsNotFirst,
  notReserved,
  moneyAsFraction,
  enumWithoutDefault,
  timestampAsNumber,
  nullableWithoutDefault,
];
