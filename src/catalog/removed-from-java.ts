/** Classes and methods that were in Kafka 3.9's jars for programs to use, and are not in 4.0's. */
export const removedFromJava: Readonly<Record<string, { readonly now: string }>> = {
  'org.apache.kafka.clients.producer.internals.DefaultPartitioner': {
    now: 'Leave partitioner.class out: the producer itself does this since 3.3 (KIP-794).',
  },
  'org.apache.kafka.clients.producer.UniformStickyPartitioner': {
    now: 'Leave partitioner.class out, and set partitioner.ignore.keys=true (KIP-794).',
  },
  'org.apache.kafka.clients.consumer.Consumer.poll(long)': {
    now: 'poll(Duration.ofMillis(...)), which also counts the time until partitions are assigned (KIP-266).',
  },
  'org.apache.kafka.clients.consumer.Consumer.committed(TopicPartition)': {
    now: 'committed(Set.of(partition)), which gives a map (KIP-520).',
  },
  'org.apache.kafka.clients.producer.Producer.sendOffsetsToTransaction(Map, String)': {
    now: 'sendOffsetsToTransaction(offsets, consumer.groupMetadata()), which fences zombies (KIP-447).',
  },
  'org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler': {
    now: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler.',
  },
  'org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerValidatorCallbackHandler': {
    now: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler.',
  },
  'kafka.security.authorizer.AclAuthorizer': {
    now: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer, with KRaft.',
  },
};
