import type { ClientId, Language, Registry, UseCaseId } from '../../../catalog/choices.ts';
import type { Clue, Strength } from '../finding.ts';

/** What a dependency shows. `*` at the end of a name stands for any rest. */
type Known = {
  readonly name: string;
  readonly client?: ClientId;
  /** A Kafka client or framework that krafter has no applications for. */
  readonly kafka?: true;
  readonly useCase?: UseCaseId;
  readonly registry?: Exclude<Registry, 'none'>;
  readonly monitoring?: 'prometheus';
  /** It is as common without Kafka as with it. */
  readonly merely?: 'hinted';
};

const known: Readonly<Record<Language, readonly Known[]>> = {
  python: [
    { name: 'confluent-kafka', client: 'confluent-kafka' },
    { name: 'aiokafka', client: 'aiokafka' },
    { name: 'kafka-python', kafka: true },
    { name: 'kafka-python-ng', kafka: true },
    { name: 'faststream', kafka: true },
    { name: 'faust', kafka: true, useCase: 'streaming' },
    { name: 'faust-streaming', kafka: true, useCase: 'streaming' },
    { name: 'quixstreams', kafka: true, useCase: 'streaming' },
    { name: 'apache-flink', useCase: 'streaming' },
    { name: 'bytewax', useCase: 'streaming' },
    { name: 'pyspark', useCase: 'streaming', merely: 'hinted' },
    { name: 'langchain*', useCase: 'agents' },
    { name: 'langgraph*', useCase: 'agents' },
    { name: 'openai-agents', useCase: 'agents' },
    { name: 'pydantic-ai*', useCase: 'agents' },
    { name: 'crewai*', useCase: 'agents' },
    { name: 'autogen-*', useCase: 'agents' },
    { name: 'llama-index*', useCase: 'agents' },
    { name: 'google-adk', useCase: 'agents' },
    { name: 'claude-agent-sdk', useCase: 'agents' },
    { name: 'mcp', useCase: 'agents' },
    { name: 'fastmcp', useCase: 'agents' },
    { name: 'fastavro', registry: 'avro', merely: 'hinted' },
    { name: 'avro', registry: 'avro', merely: 'hinted' },
    { name: 'python-schema-registry-client', registry: 'avro', merely: 'hinted' },
    { name: 'prometheus-client', monitoring: 'prometheus' },
  ],
  java: [
    { name: 'org.springframework.kafka:spring-kafka', client: 'spring-kafka' },
    { name: 'org.springframework.boot:spring-boot-starter-kafka', client: 'spring-kafka' },
    { name: 'org.springframework.cloud:spring-cloud-stream-binder-kafka*', client: 'spring-kafka' },
    { name: 'org.springframework.cloud:spring-cloud-starter-stream-kafka', client: 'spring-kafka' },
    { name: 'org.apache.kafka:kafka-clients', client: 'kafka-clients' },
    { name: 'org.apache.kafka:kafka-streams*', kafka: true, useCase: 'streaming' },
    { name: 'io.quarkus:quarkus-kafka-streams', kafka: true, useCase: 'streaming' },
    { name: 'io.quarkus:quarkus-kafka-client', client: 'kafka-clients' },
    { name: 'io.quarkus:quarkus-messaging-kafka', kafka: true },
    { name: 'io.quarkus:quarkus-smallrye-reactive-messaging-kafka', kafka: true },
    { name: 'io.micronaut.kafka:*', kafka: true },
    { name: 'io.projectreactor.kafka:reactor-kafka', kafka: true },
    { name: 'org.apache.camel*:camel-kafka*', kafka: true },
    { name: 'org.apache.flink:flink-connector-kafka*', kafka: true, useCase: 'streaming' },
    { name: 'org.apache.flink:flink-streaming-java*', useCase: 'streaming' },
    { name: 'org.apache.spark:spark-sql-kafka*', kafka: true, useCase: 'streaming' },
    { name: 'org.apache.spark:spark-streaming-kafka*', kafka: true, useCase: 'streaming' },
    { name: 'io.debezium:debezium-*', kafka: true, useCase: 'cdc' },
    { name: 'com.github.danielwegener:logback-kafka-appender', kafka: true, useCase: 'logs' },
    { name: 'dev.langchain4j:*', useCase: 'agents' },
    { name: 'org.springframework.ai:*', useCase: 'agents' },
    { name: 'com.google.adk:*', useCase: 'agents' },
    { name: 'io.modelcontextprotocol.sdk:*', useCase: 'agents' },
    { name: 'io.confluent:kafka-avro-serializer', kafka: true, registry: 'avro' },
    { name: 'io.confluent:kafka-streams-avro-serde', kafka: true, registry: 'avro' },
    { name: 'io.confluent:kafka-protobuf-serializer', kafka: true, registry: 'protobuf' },
    { name: 'io.confluent:kafka-json-schema-serializer', kafka: true, registry: 'json' },
    { name: 'io.apicurio:apicurio-registry-*avro*', kafka: true, registry: 'avro' },
    { name: 'io.apicurio:apicurio-registry-*protobuf*', kafka: true, registry: 'protobuf' },
    { name: 'io.apicurio:apicurio-registry-*jsonschema*', kafka: true, registry: 'json' },
    { name: 'org.apache.avro:avro', registry: 'avro', merely: 'hinted' },
    { name: 'io.micrometer:micrometer-registry-prometheus', monitoring: 'prometheus' },
  ],
  node: [
    { name: '@platformatic/kafka', client: 'platformatic-kafka' },
    { name: '@confluentinc/kafka-javascript', client: 'confluent-kafka-javascript' },
    { name: 'kafkajs', client: 'kafkajs' },
    { name: 'node-rdkafka', kafka: true },
    { name: 'kafka-node', kafka: true },
    { name: '@confluentinc/schemaregistry', kafka: true, registry: 'avro', merely: 'hinted' },
    { name: '@kafkajs/confluent-schema-registry', kafka: true, registry: 'avro', merely: 'hinted' },
    { name: 'avsc', registry: 'avro', merely: 'hinted' },
    { name: 'langchain', useCase: 'agents' },
    { name: '@langchain/*', useCase: 'agents' },
    { name: '@openai/agents*', useCase: 'agents' },
    { name: '@mastra/*', useCase: 'agents' },
    { name: '@anthropic-ai/claude-agent-sdk', useCase: 'agents' },
    { name: '@modelcontextprotocol/*', useCase: 'agents' },
    { name: 'prom-client', monitoring: 'prometheus' },
  ],
  go: [
    { name: 'github.com/twmb/franz-go*', client: 'franz-go' },
    { name: 'github.com/confluentinc/confluent-kafka-go*', client: 'confluent-kafka-go' },
    { name: 'github.com/segmentio/kafka-go*', client: 'kafka-go' },
    { name: 'github.com/IBM/sarama', kafka: true },
    { name: 'github.com/Shopify/sarama', kafka: true },
    { name: 'github.com/ThreeDotsLabs/watermill-kafka*', kafka: true },
    { name: 'github.com/lovoo/goka', kafka: true, useCase: 'streaming' },
    { name: 'github.com/riferrei/srclient', kafka: true, registry: 'avro', merely: 'hinted' },
    { name: 'github.com/hamba/avro*', registry: 'avro', merely: 'hinted' },
    { name: 'github.com/linkedin/goavro*', registry: 'avro', merely: 'hinted' },
    { name: 'github.com/tmc/langchaingo', useCase: 'agents' },
    { name: 'github.com/mark3labs/mcp-go', useCase: 'agents' },
    { name: 'github.com/modelcontextprotocol/go-sdk', useCase: 'agents' },
    { name: 'google.golang.org/adk*', useCase: 'agents' },
    { name: 'github.com/prometheus/client_golang', monitoring: 'prometheus' },
  ],
};

const patterns = new Map<string, RegExp>();
function matches(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return name === pattern;
  let regexp = patterns.get(pattern);
  if (!regexp) {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\/]/g, '\\$&'));
    regexp = new RegExp(`^${parts.join('.*')}$`);
    patterns.set(pattern, regexp);
  }
  return regexp.test(name);
}

export type Dependency = {
  readonly language: Language;
  readonly name: string;
  readonly line: number;
  /** Needed to build or test it, not to run it. */
  readonly development?: boolean;
  /** Where it is from, where that isn't plain: "through libs.spring.kafka". */
  readonly detail?: string;
};

/** What a dependency says about the project. */
function dependencyClues(dependency: Dependency): Clue[] {
  const { language, name, line, development = false } = dependency;
  const entry = known[language].find((one) => matches(name, one.name));
  if (!entry) return [];
  const detail = dependency.detail ? ` ${dependency.detail}` : '';
  const why = development
    ? `depends on ${name}${detail}, for development only`
    : `depends on ${name}${detail}`;
  const strength: Strength = development ? 'hinted' : 'declared';
  const clues: Clue[] = [];
  if (entry.client || entry.kafka) {
    clues.push({ answer: 'language', value: language, line, why, strength });
  }
  if (entry.client) clues.push({ answer: 'client', value: entry.client, line, why, strength });
  // What a development dependency is used with says nothing of what the project does.
  if (development) return clues;
  const firmness = entry.merely ?? 'declared';
  if (entry.useCase) {
    clues.push({ answer: 'useCase', value: entry.useCase, line, why, strength: firmness });
  }
  if (entry.registry) {
    clues.push({ answer: 'registry', value: entry.registry, line, why, strength: firmness });
  }
  if (entry.monitoring) {
    clues.push({ answer: 'monitoring', value: entry.monitoring, line, why, strength: 'hinted' });
  }
  return clues;
}

/** The clues of a manifest's dependencies; without Kafka in them, it still shows a language. */
export function manifestClues(
  language: Language,
  dependencies: readonly Dependency[],
  otherwise: { line: number; why: string } | undefined,
): Clue[] {
  const clues = dependencies.flatMap(dependencyClues);
  if (!otherwise || clues.some(({ answer }) => answer === 'language')) return clues;
  return [...clues, { answer: 'language', value: language, ...otherwise, strength: 'hinted' }];
}

/** Groups of dependencies that are for development, by the names people give them. */
export const isDevelopmentGroup = (group: string) =>
  /^(dev|develop|development|tests?|testing|lint|linting|docs?|typing|types|ci|e2e|bench)$/i.test(
    group,
  );
