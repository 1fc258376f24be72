import type { ClientLibrary, Configuration, Setting } from '../landscape/facts/configuration.ts';
import { fixOf, valueEdit } from './edits.ts';
import type { Fix } from './rule.ts';
import { isFalse, settingOf, textOf } from './settings.ts';

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

/** All replicas, and what was switched off because acks did not allow it. */
export function acksFix(configuration: Configuration, acks: Setting): { fix?: Fix } {
  const edits = valueEdit(acks, 'all');
  const idempotence = settingOf(configuration, 'enable.idempotence');
  if (!idempotence || !isFalse(textOf(idempotence))) return fixOf(true, 'Set acks to all', edits);
  const on = valueEdit(idempotence, 'true');
  const isWhole = edits.length > 0 && on.length > 0;
  return fixOf(true, 'Set acks to all, with idempotence', isWhole ? [...edits, ...on] : []);
}
