import type { Rule } from '../../rule.ts';
import { hostNameNotVerified } from './kx004-host-name-not-verified.ts';
import { vulnerableDependency } from './kx014-vulnerable-dependency.ts';

export const securityRules: readonly Rule[] = [hostNameNotVerified, vulnerableDependency];
