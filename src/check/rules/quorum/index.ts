import type { Rule } from '../../rule.ts';
import { evenQuorum } from './kr001-even-quorum.ts';

export const quorumRules: readonly Rule[] = [evenQuorum];
