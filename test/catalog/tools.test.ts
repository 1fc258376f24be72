/** Flags of the catalogue against the help of Kafka's own tools. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { deprecatedFlags, removedCommands } from '../../src/catalog/upgrades.ts';
import { kafkaDistribution } from '../../src/engine/native/distribution.ts';
import { findJava } from '../../src/engine/native/java.ts';

/** What bin/*.sh start. */
const classes: Readonly<Record<string, string>> = {
  'kafka-console-producer': 'org.apache.kafka.tools.ConsoleProducer',
  'kafka-console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-console-share-consumer': 'org.apache.kafka.tools.consumer.ConsoleShareConsumer',
  'kafka-producer-perf-test': 'org.apache.kafka.tools.ProducerPerformance',
  'kafka-consumer-perf-test': 'org.apache.kafka.tools.ConsumerPerformance',
  'kafka-topics': 'org.apache.kafka.tools.TopicCommand',
  'kafka-get-offsets': 'org.apache.kafka.tools.GetOffsetShell',
  'kafka-configs': 'kafka.admin.ConfigCommand',
  'kafka-acls': 'org.apache.kafka.tools.AclCommand',
  'kafka-consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
};

/** Each flag with what the tool says of it. */
async function helpOf(tool: string): Promise<ReadonlyMap<string, string>> {
  const java = await findJava();
  const { libs } = await kafkaDistribution(java, AbortSignal.timeout(600_000));
  const words = ['-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`, classes[tool] ?? '', '--help'];
  const text = await new Promise<string>((resolve) => {
    execFile(java, words, { timeout: 60_000 }, (_, out, error) => resolve(`${out}${error}`));
  });
  const flags = [...text.matchAll(/^ *(--[\w.-]+)([\s\S]*?)(?=^ *--|(?![\s\S]))/gm)];
  return new Map(flags.map(([, flag = '', about = '']) => [flag, about]));
}

describe("Kafka's own tools", () => {
  for (const tool of Object.keys(classes))
    it(`${tool} has not what the catalogue says is gone, and says itself what will go`, async () => {
      const help = await helpOf(tool);
      assert.ok(help.size > 5, [...help.keys()].join());
      const gone = removedCommands.flatMap((one) => (one.tool === tool ? (one.flag ?? []) : []));
      assert.deepEqual(
        gone.filter((flag) => help.has(flag)),
        [],
      );
      const going = deprecatedFlags.filter((one) => one.tool === tool);
      for (const { flag, now } of going) {
        assert.match(help.get(flag) ?? '', /deprecated/i, flag);
        assert.ok(help.has(now), now);
      }
      assert.ok(gone.length + going.length > 0);
    });
});
