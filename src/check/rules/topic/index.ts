import type { Rule } from '../../rule.ts';
import { oneCopy } from './kt001-one-copy.ts';
import { undeclaredTopic } from './kt020-undeclared.ts';

export const topicRules: readonly Rule[] = [oneCopy, undeclaredTopic];
