import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { constantOf } from '../../../src/catalog/kafka-keys/constants.ts';
import { kafkaDistribution } from '../../../src/engine/native/distribution.ts';
import { findJava } from '../../../src/engine/native/java.ts';

const classes = [
  'org.apache.kafka.clients.producer.ProducerConfig',
  'org.apache.kafka.clients.consumer.ConsumerConfig',
  'org.apache.kafka.clients.admin.AdminClientConfig',
  'org.apache.kafka.clients.CommonClientConfigs',
  'org.apache.kafka.common.config.SaslConfigs',
  'org.apache.kafka.common.config.SslConfigs',
  'org.apache.kafka.common.config.TopicConfig',
];

it("has the keys that Kafka's own constants have", async () => {
  const java = await findJava();
  const { libs } = await kafkaDistribution(java, AbortSignal.timeout(600_000));
  const program = join(import.meta.dirname, 'Constants.java');
  const { stdout } = await promisify(execFile)(java, ['-cp', `${libs}/*`, program, ...classes]);
  const constants = stdout
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([name, ...value]) => name?.endsWith('_CONFIG') && value.length === 1);
  assert.ok(constants.length > 200, `${constants.length} constants`);
  const constant = await constantOf('4.3');
  const wrong = constants.filter(([name = '', value]) => constant(name) !== value);
  assert.deepEqual(wrong, []);
});
