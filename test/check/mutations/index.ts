import { brokerMutations } from './broker.ts';
import { clientMutations } from './client.ts';
import { codeMutations } from './code.ts';
import { composeMutations } from './compose.ts';
import { connectMutations } from './connect.ts';
import { consumerMutations } from './consumer.ts';
import { generalMutations } from './general.ts';
import { kubernetesMutations } from './kubernetes.ts';
import { mirrorMutations } from './mirror.ts';
import { monitoringMutations } from './monitoring.ts';
import type { Mutation } from './mutation.ts';
import { producerMutations } from './producer.ts';
import { quorumMutations } from './quorum.ts';
import { schemaMutations } from './schemas.ts';
import { securityMutations } from './security.ts';
import { streamsMutations } from './streams.ts';
import { topicMutations } from './topic.ts';

export const mutations: readonly Mutation[] = [
  ...brokerMutations,
  ...quorumMutations,
  ...topicMutations,
  ...producerMutations,
  ...consumerMutations,
  ...streamsMutations,
  ...connectMutations,
  ...mirrorMutations,
  ...schemaMutations,
  ...monitoringMutations,
  ...securityMutations,
  ...kubernetesMutations,
  ...composeMutations,
  ...generalMutations,
  ...clientMutations,
  ...codeMutations,
];
