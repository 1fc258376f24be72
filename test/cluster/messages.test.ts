/** The messages that krafter reads itself, as Kafka's own classes write them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Reader } from '@platformatic/kafka';
import { execa } from 'execa';
import {
  describeClusterV1,
  describeClusterV2,
} from '../../src/cluster/messages/describe-cluster.ts';
import {
  consumerGroupDescribeV0,
  consumerGroupDescribeV1,
  describeShareGroupOffsetsV0,
  describeShareGroupOffsetsV1,
  shareGroupDescribeV1,
  streamsGroupDescribeV0,
} from '../../src/cluster/messages/describe-groups.ts';
import { kafkaDistribution } from '../../src/engine/native/distribution.ts';
import { findJava } from '../../src/engine/native/java.ts';

const readers: Readonly<Record<string, unknown>> = {
  'consumer 0': consumerGroupDescribeV0,
  'consumer 1': consumerGroupDescribeV1,
  'share 1': shareGroupDescribeV1,
  'streams 0': streamsGroupDescribeV0,
  'shareOffsets 0': describeShareGroupOffsetsV0,
  'shareOffsets 1': describeShareGroupOffsetsV1,
  'cluster 1': describeClusterV1,
  'cluster 2': describeClusterV2,
};

type Parse = (correlation: number, key: number, version: number, reader: Reader) => unknown;

/** What a request makes of these bytes, over a connection that answers with them. */
function read(request: unknown, bytes: Buffer): unknown {
  let result: unknown;
  const connection = {
    send: (_key: number, _version: number, _payload: unknown, parse: Parse) => {
      const reader = Reader.from(bytes);
      result = parse(0, 0, 0, reader);
      assert.equal(reader.remaining, 0, 'every byte is read');
    },
  };
  (request as (connection: unknown, groups: readonly string[]) => void)(connection, []);
  return result;
}

/** JSON of Java has ids in base 64; fields that a version does not have are left out there. */
function comparable(read: unknown, written: unknown): [unknown, unknown] {
  const plain = JSON.parse(
    JSON.stringify(read, (key, value) =>
      key === 'topicId' ? undefined : typeof value === 'bigint' ? Number(value) : value,
    ),
  );
  return [known(plain, written), JSON.parse(JSON.stringify(written, withoutIds))];
}

const withoutIds = (key: string, value: unknown) => (key === 'topicId' ? undefined : value);

function known(read: unknown, written: unknown): unknown {
  if (Array.isArray(read) && Array.isArray(written))
    return read.map((one, index) => known(one, written[index]));
  if (typeof read !== 'object' || read === null || typeof written !== 'object' || !written)
    return read;
  const fields = written as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(read).flatMap(([name, value]) =>
      name in fields ? [[name, known(value, fields[name])]] : [],
    ),
  );
}

test('what brokers of Kafka answer is read field by field, to the last byte', async () => {
  const java = await findJava();
  const { libs } = await kafkaDistribution(java, AbortSignal.timeout(600_000));
  const { stdout } = await execa(java, [
    ...['-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`],
    join(import.meta.dirname, 'WriteMessages.java'),
  ]);
  const messages = stdout.trim().split('\n');
  assert.equal(messages.length, 9);
  for (const line of messages) {
    const { name, version, bytes, json } = JSON.parse(line) as {
      name: string;
      version: number;
      bytes: string;
      json: unknown;
    };
    const request = readers[`${name} ${version}`];
    assert.ok(request, `${name} ${version}`);
    const [told, written] = comparable(read(request, Buffer.from(bytes, 'hex')), json);
    assert.deepEqual(told, written, `${name} ${version}`);
  }
});
