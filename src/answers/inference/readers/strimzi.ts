import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import type { Clue } from '../finding.ts';
import { topicClues } from '../known/topics.ts';
import { connectorClues } from './connectors.ts';
import type { Reader } from './reader.ts';

// https://strimzi.io/docs/operators/latest/configuring
const api = /^apiVersion:\s*["']?kafka\.strimzi\.io\//m;

export const strimzi: Reader = {
  files: /\.ya?ml$/i,
  mentions: api,
  async read(file) {
    const documents = await yamlDocuments(file, api);
    return documents.flatMap((resource) => {
      const kind = resource.get('kind');
      if (!kind?.text) return [];
      const why = `is a Strimzi ${kind.text}`;
      return [
        { answer: 'deployment', value: 'kubernetes', line: kind.line, why, strength: 'declared' },
        ...(resourceClues[kind.text]?.(resource, kind.line) ?? []),
      ] satisfies Clue[];
    });
  },
};

const resourceClues: Readonly<Record<string, (resource: YamlNode, line: number) => Clue[]>> = {
  Kafka: (resource, line) => [
    production(line, 'is a cluster run by Strimzi'),
    ...(resource.get('spec', 'kafka', 'listeners')?.items() ?? []).flatMap((listener) =>
      authenticationClues(listener.get('authentication', 'type')),
    ),
    ...metricsClues(resource.get('spec', 'kafka', 'metricsConfig')),
  ],
  KafkaNodePool: (_, line) => [production(line, 'is a node pool of Strimzi')],
  KafkaTopic(resource) {
    const name = resource.get('spec', 'topicName') ?? resource.get('metadata', 'name');
    return name?.text ? topicClues(name.text, name.line, 'is a KafkaTopic', 'declared') : [];
  },
  KafkaUser: (resource) => authenticationClues(resource.get('spec', 'authentication', 'type')),
  KafkaConnect: (resource) => metricsClues(resource.get('spec', 'metricsConfig')),
  KafkaConnector(resource) {
    const name = resource.get('spec', 'class');
    return name?.text ? connectorClues(name.text, name.line) : [];
  },
};

function authenticationClues(type: YamlNode | undefined): Clue[] {
  if (!type?.text) return [];
  const value = type.text.startsWith('tls') ? 'mtls' : 'scram';
  const why = `authenticates by ${type.text}`;
  return [
    { answer: 'security', value, line: type.line, why, strength: 'declared' },
    production(type.line, why),
  ];
}

function metricsClues(metrics: YamlNode | undefined): Clue[] {
  if (!metrics) return [];
  const why = 'exports metrics';
  return [
    { answer: 'monitoring', value: 'prometheus', line: metrics.line, why, strength: 'declared' },
  ];
}

function production(line: number, why: string): Clue {
  return { answer: 'tier', value: 2, line, why, strength: 'declared' };
}
