import type { Rule } from '../../rule.ts';
import { oneCopy } from './kt001-one-copy.ts';

export const topicRules: readonly Rule[] = [oneCopy];
