import { imageFamily, repositoryOf } from '../../../catalog/images.ts';
import type { Clue, Strength } from '../finding.ts';

/** What a container image runs, as far as it says something about the platform. */
type Known = {
  readonly repository: RegExp;
  readonly runs: 'broker' | 'kafka tool' | 'other';
  readonly gives?: Pick<Clue, 'answer' | 'value'>;
  readonly strength?: Strength;
};

const known: readonly Known[] = [
  { repository: /^(redpandadata|vectorized)\/redpanda$/, runs: 'broker' },
  { repository: /^(landoop|lensesio)\/fast-data-dev$/, runs: 'broker' },
  {
    repository: /^debezium\/(connect|server|connect-base)$/,
    runs: 'kafka tool',
    gives: { answer: 'useCase', value: 'cdc' },
  },
  {
    repository:
      /^(confluentinc\/cp-schema-registry|bitnami(legacy)?\/schema-registry|apicurio\/apicurio-registry(-\w+)?|aiven-open\/karapace|karapace\/karapace)$/,
    runs: 'kafka tool',
    gives: { answer: 'registry', value: 'avro' },
    strength: 'hinted', // a registry is there; Avro is only its usual format
  },
  {
    repository: /^(confluentinc\/(cp-)?ksqldb-server|confluentinc\/cp-ksqldb-cli)$/,
    runs: 'kafka tool',
    gives: { answer: 'useCase', value: 'streaming' },
  },
  {
    repository: /^(apache\/)?flink$/,
    runs: 'other',
    gives: { answer: 'useCase', value: 'streaming' },
  },
  {
    repository: /^(apache|bitnami|bitnamilegacy)\/spark$/,
    runs: 'other',
    gives: { answer: 'useCase', value: 'streaming' },
    strength: 'hinted',
  },
  {
    repository:
      /^(fluent\/fluent-bit|fluent\/fluentd|beats\/filebeat|elastic\/filebeat|timberio\/vector|logstash\/logstash|logstash)$/,
    runs: 'other',
    gives: { answer: 'useCase', value: 'logs' },
    strength: 'hinted', // it may ship them elsewhere
  },
  {
    repository: /^(prom|prometheus|bitnami)\/prometheus$/,
    runs: 'other',
    gives: { answer: 'monitoring', value: 'prometheus' },
  },
  {
    repository: /^(grafana|bitnami)\/grafana(-oss|-enterprise)?$/,
    runs: 'other',
    gives: { answer: 'monitoring', value: 'grafana' },
  },
  {
    repository:
      /^(confluentinc|provectuslabs|kafbat|obsidiandynamics|danielqsj|tchiotludo)\/\S*(kafka|akhq|kafdrop)\S*$/,
    runs: 'kafka tool',
  },
];

export type KnownImage = {
  readonly runs: Known['runs'];
  clues(line: number): Clue[];
};

/** What is known of an image, whatever registry and tag it has. */
export function imageOf(image: string): KnownImage | undefined {
  const repository = repositoryOf(image);
  const entry = known.find((one) => one.repository.test(repository));
  if (!entry && imageFamily(image)?.runs === 'broker') return { runs: 'broker', clues: () => [] };
  if (!entry) return undefined;
  const { gives, strength = 'declared' } = entry;
  return {
    runs: entry.runs,
    clues: (line) =>
      gives ? [{ ...gives, line, why: `runs ${repository}`, strength } as Clue] : [],
  };
}
