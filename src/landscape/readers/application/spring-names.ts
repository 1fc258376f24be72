/** Spring Boot's own names of Kafka's keys: org.springframework.boot.kafka.autoconfigure.KafkaProperties. */
import type { Conversion } from './convert.ts';

export type SpringName = { readonly key: string; readonly conversion: Conversion };

/** By the name without dashes and capitals. */
type Names = Readonly<Record<string, readonly [key: string, conversion: Conversion]>>;

/** At the top and in each of the four sections. */
const everywhere: Names = {
  bootstrapservers: ['bootstrap.servers', 'text'],
  clientid: ['client.id', 'text'],
  'security.protocol': ['security.protocol', 'text'],
  'ssl.keypassword': ['ssl.key.password', 'text'],
  'ssl.keystorecertificatechain': ['ssl.keystore.certificate.chain', 'text'],
  'ssl.keystorekey': ['ssl.keystore.key', 'text'],
  'ssl.keystorelocation': ['ssl.keystore.location', 'text'],
  'ssl.keystorepassword': ['ssl.keystore.password', 'text'],
  'ssl.keystoretype': ['ssl.keystore.type', 'text'],
  'ssl.truststorecertificates': ['ssl.truststore.certificates', 'text'],
  'ssl.truststorelocation': ['ssl.truststore.location', 'text'],
  'ssl.truststorepassword': ['ssl.truststore.password', 'text'],
  'ssl.truststoretype': ['ssl.truststore.type', 'text'],
  'ssl.protocol': ['ssl.protocol', 'text'],
};

const consumer: Names = {
  autocommitinterval: ['auto.commit.interval.ms', 'duration'],
  autooffsetreset: ['auto.offset.reset', 'text'],
  enableautocommit: ['enable.auto.commit', 'switch'],
  fetchmaxwait: ['fetch.max.wait.ms', 'duration'],
  fetchminsize: ['fetch.min.bytes', 'size'],
  groupid: ['group.id', 'text'],
  heartbeatinterval: ['heartbeat.interval.ms', 'duration'],
  isolationlevel: ['isolation.level', 'enumeration'],
  keydeserializer: ['key.deserializer', 'text'],
  valuedeserializer: ['value.deserializer', 'text'],
  maxpollrecords: ['max.poll.records', 'text'],
  maxpollinterval: ['max.poll.interval.ms', 'duration'],
};

const producer: Names = {
  acks: ['acks', 'text'],
  batchsize: ['batch.size', 'size'],
  buffermemory: ['buffer.memory', 'size'],
  compressiontype: ['compression.type', 'text'],
  keyserializer: ['key.serializer', 'text'],
  valueserializer: ['value.serializer', 'text'],
  retries: ['retries', 'text'],
};

const streams: Names = {
  applicationid: ['application.id', 'text'],
  statestorecachemaxsize: ['statestore.cache.max.bytes', 'size'],
  cachemaxsizebuffering: ['cache.max.bytes.buffering', 'size'],
  replicationfactor: ['replication.factor', 'text'],
  statedir: ['state.dir', 'text'],
};

const named = (names: Names): ReadonlyMap<string, SpringName> =>
  new Map(Object.entries(names).map(([name, [key, conversion]]) => [name, { key, conversion }]));

export const springNames = {
  common: named(everywhere),
  consumer: named({ ...everywhere, ...consumer }),
  producer: named({ ...everywhere, ...producer }),
  admin: named(everywhere),
  streams: named({ ...everywhere, ...streams }),
};
