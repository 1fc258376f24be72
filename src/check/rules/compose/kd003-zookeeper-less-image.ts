import { isKraftOnly } from '../../kraft.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf } from '../../settings.ts';

export const zookeeperLessImage: Rule = {
  code: 'KD003',
  title: 'A broker waits for ZooKeeper in an image that has none',
  severity: 'error',
  confidence: 'high',
  across: true,
  guards: ['kraft-only'],
  story:
    'The image was moved to a newer one, or has no tag and was pulled anew: the broker ends at start, since nothing says which roles it has.',
  source: 'KafkaConfig (process.roles has no default since 4.0); docker/ of apache/kafka (KIP-975)',
  noFix: 'Data of a cluster with ZooKeeper has to be migrated before (KIP-866).',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const { workload, open } = configuration;
      const zookeeper = settingOf(configuration, 'zookeeper.connect');
      if (!workload?.image || !zookeeper || open) continue;
      if (settingOf(configuration, 'process.roles')) continue;
      const { name, tag = 'latest' } = workload.image;
      if (!isKraftOnly(known, configuration)) continue;
      yield {
        at: zookeeper.keyAt,
        says: `${zookeeper.written ?? zookeeper.key} is set, and ${name}:${tag} runs without ZooKeeper only.`,
        next: 'Set KAFKA_PROCESS_ROLES and what goes with it, or keep an image of Kafka 3.9 or older.',
        also: [{ at: workload.image.at, says: 'This image.' }],
      };
    }
  },
};
