import type { ClientLibrary, Configuration, Setting } from '../landscape/facts/configuration.ts';
import { fixOf, valueEdit } from './edits.ts';
import type { Edit, Fix } from './rule.ts';
import { isFalse, numberOf, settingOf, textOf } from './settings.ts';

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

/** Idempotence on, where nothing else that is set forbids it: Kafka would refuse both. */
export function idempotenceEdit(configuration: Configuration, setting: Setting): Edit[] {
  const inFlight = numberOf(
    textOf(settingOf(configuration, 'max.in.flight.requests.per.connection')),
  );
  return inFlight !== undefined && inFlight > 5 ? [] : valueEdit(setting, 'true');
}

/** acks=all; idempotence comes back with it, or it would be the next thing to be told of. */
export function acksFix(configuration: Configuration, acks: Setting): { fix?: Fix } {
  const edits = valueEdit(acks, 'all');
  const idempotence = settingOf(configuration, 'enable.idempotence');
  if (!idempotence || !isFalse(textOf(idempotence))) return fixOf(true, 'Set acks to all', edits);
  const also = idempotenceEdit(configuration, idempotence);
  if (edits.length === 0 || also.length === 0) return {};
  return fixOf(true, 'Set acks to all, and idempotence with it', [...edits, ...also]);
}
