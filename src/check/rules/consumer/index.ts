import type { Rule } from '../../rule.ts';
import { newProtocol } from './kc005-new-protocol.ts';
import { heartbeat } from './kc007-heartbeat.ts';

export const consumerRules: readonly Rule[] = [newProtocol, heartbeat];
