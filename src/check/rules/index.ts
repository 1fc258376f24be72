import type { Rule } from '../rule.ts';
import { brokerRules } from './broker/index.ts';
import { clientRules } from './client/index.ts';
import { composeRules } from './compose/index.ts';
import { connectRules } from './connect/index.ts';
import { consumerRules } from './consumer/index.ts';
import { generalRules } from './general/index.ts';
import { kubernetesRules } from './kubernetes/index.ts';
import { mirrorRules } from './mirror/index.ts';
import { monitoringRules } from './monitoring/index.ts';
import { producerRules } from './producer/index.ts';
import { quorumRules } from './quorum/index.ts';
import { schemaRules } from './schemas/index.ts';
import { securityRules } from './security/index.ts';
import { streamsRules } from './streams/index.ts';
import { suppressionRules } from './suppression/index.ts';
import { topicRules } from './topic/index.ts';

/** In the order of their codes' families. */
export const rules: readonly Rule[] = [
  ...generalRules,
  ...brokerRules,
  ...quorumRules,
  ...topicRules,
  ...producerRules,
  ...consumerRules,
  ...connectRules,
  ...mirrorRules,
  ...schemaRules,
  ...monitoringRules,
  ...composeRules,
  ...streamsRules,
  ...securityRules,
  ...kubernetesRules,
  ...clientRules,
  ...suppressionRules,
];
