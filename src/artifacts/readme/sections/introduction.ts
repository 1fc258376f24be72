import { versions } from '../../../catalog/versions.ts';
import { brokersOf, type Platform } from '../../../model/platform.ts';
import { capital, code, counted, paragraph, type Section } from '../../markdown.ts';

/** What it is, in two sentences. */
export function introduction(platform: Platform): Section {
  const [cluster] = platform.clusters;
  const { useCase } = platform;
  const [producer, consumer] = platform.application.services;
  const brokers = brokersOf(cluster).length;
  const kafka = `${capital(counted(brokers, 'broker'))} of Kafka ${versions.kafka.version} (KRaft)`;
  const between =
    cluster.replicationFactor === 1
      ? `${kafka} stands between two services:`
      : `${kafka} keep ${counted(cluster.replicationFactor, 'copy', 'copies')} of each record, between two services:`;
  return {
    heading: platform.name,
    blocks: [
      paragraph(
        `A Kafka platform for ${lowerFirst(useCase.title)}: ${lowerFirst(useCase.summary)} ${between} ${code(producer.name)} ${useCase.producer.does}, ${code(consumer.name)} ${useCase.consumer.does}.`,
      ),
      paragraph(
        'It is described in [krafter.yaml](krafter.yaml); `krafter synth` writes the files again from it, this one too, and keeps what you changed in them.',
      ),
    ],
  };
}

/** Not of an abbreviation: "AI-agent", "CDC". */
const lowerFirst = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
