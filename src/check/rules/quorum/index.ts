import type { Rule } from '../../rule.ts';
import { evenQuorum } from './kr001-even-quorum.ts';
import { voterOrNot } from './kr004-voter-or-not.ts';
import { controllerListener } from './kr005-controller-listener.ts';

export const quorumRules: readonly Rule[] = [evenQuorum, voterOrNot, controllerListener];
