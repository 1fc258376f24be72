import type { Place } from '../../files/place.ts';
import type { ClientLibrary, Configuration, Located } from './configuration.ts';

/** A topic that somebody makes on purpose. */
export type Topic = {
  readonly name: Located;
  /** The whole declaration. */
  readonly at: Place;
  readonly partitions?: Located;
  readonly replicationFactor?: Located;
  /** Of kind `topic`; among the landscape's configurations too. */
  readonly configuration?: Configuration;
  /** Words of the field: `KafkaTopic`, `kafka-topics.sh`, `NewTopic`. */
  readonly by: string;
  /** As in {@link Configuration}, where files tell. */
  readonly cluster?: string;
};

/** How bytes become something: what a (de)serializer's name says. */
export type Encoding = 'string' | 'json' | 'json-schema' | 'avro' | 'protobuf' | 'bytes' | 'number';

/** A place where code, a connector or a framework writes to a topic, or reads one. */
export type TopicUse = {
  readonly does: 'produces' | 'consumes';
  readonly topic: Located;
  /** The topic is a regular expression. */
  readonly pattern?: true;
  readonly at: Place;
  /** The program that does it: its folder, service or connector. */
  readonly program: string;
  readonly library: ClientLibrary;
  readonly configuration?: Configuration;
  /** Of what consumes. */
  readonly group?: Located;
  /** Spring's: what it does not say itself stands in application.yml. */
  readonly isListener?: true;
  readonly key?: 'given' | 'none';
  readonly keyEncoding?: Encoding;
  readonly valueEncoding?: Encoding;
};

/** One `kafka-acls` line, KafkaUser rule or the like. */
export type Acl = {
  readonly at: Place;
  /** `User:orders`. */
  readonly principal: Located;
  readonly permission: 'allow' | 'deny';
  /** In Kafka's words: `Read`, `All`. */
  readonly operations: readonly string[];
  readonly resource: 'topic' | 'group' | 'cluster' | 'transactional-id' | 'delegation-token';
  readonly name: Located;
  readonly pattern: 'literal' | 'prefixed';
  readonly host?: Located;
  readonly cluster?: string;
};
