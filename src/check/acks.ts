import type { ClientLibrary } from '../landscape/facts/configuration.ts';

/** How a producer is told to wait for all in-sync replicas. */
export const acksOfAll: Readonly<Record<ClientLibrary, string>> = {
  java: "acks=all, which is Kafka's default.",
  librdkafka: 'acks=all, and enable.idempotence=true.',
  aiokafka: 'enable_idempotence=True, which brings acks="all".',
  'kafka-python': 'acks="all", which is its default.',
  kafkajs: 'Leave acks out: its default is -1, for all in-sync replicas.',
  'platformatic-kafka': 'idempotent: true, which brings acks: ProduceAcks.ALL.',
  'franz-go': 'Leave it out: its default is AllISRAcks, with idempotence.',
  sarama: 'config.Producer.RequiredAcks = sarama.WaitForAll.',
  'kafka-go': 'RequiredAcks: kafka.RequireAll.',
};
