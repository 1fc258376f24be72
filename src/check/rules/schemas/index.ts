import type { Rule } from '../../rule.ts';
import { autoRegister } from './kv002-auto-register.ts';
import { incompatible } from './kv003-incompatible.ts';
import { noRegistryUrl } from './kv010-registry-url.ts';
import { invalidSchema } from './kv011-invalid.ts';
import { schemaLintRules } from './lint.ts';

const all: readonly Rule[] = [
  autoRegister,
  incompatible,
  noRegistryUrl,
  invalidSchema,
  ...schemaLintRules,
];

export const schemaRules = all.toSorted((a, b) => a.code.localeCompare(b.code, 'en'));
