import type { Landscape } from '../../../landscape/facts/index.ts';
import type { Rule } from '../../rule.ts';

/** In none of the classes of 4.3.1. */
const gone: readonly (readonly [metric: RegExp, why: string, now: string])[] = [
  [
    /^kafka_(?:server_)?(?:sessionexpirelistener|zookeeperclientmetrics|kafkahealthcheck)_/i,
    'it was about ZooKeeper',
    'Watch the quorum: kafka.server:type=raft-metrics.',
  ],
  [
    /^kafka_controller_(?:controllerstats|kafkacontroller)_leaderelectionrateandtimems/i,
    'the controller of ZooKeeper had it',
    'Use UncleanLeaderElectionsPerSec and OfflinePartitionsCount.',
  ],
  [
    /^kafka_.*_bufferpool_wait_time_total$/i,
    'its unit was not in its name',
    'Use bufferpool-wait-time-ns-total.',
  ],
  [/^kafka_.*_io_waittime_total$/i, 'its unit was not in its name', 'Use io-wait-time-ns-total.'],
  [/^kafka_.*_iotime_total$/i, 'its unit was not in its name', 'Use io-time-ns-total.'],
];

export const removedMetric: Rule = {
  code: 'KO005',
  title: 'A metric that Kafka 4 no longer has',
  severity: 'warning',
  confidence: 'medium',
  guards: ['monitoring'],
  story:
    'After the upgrade the query finds nothing, and nothing is never above a threshold: the alert is silent, the panel empty, and both look healthy.',
  source: 'Kafka documentation, Upgrading to 4.0: metrics that were removed',
  noFix: 'how the new one is called depends on the exporter',
  *check({ landscape, release }) {
    if (/^[0-3]\./.test(release)) return;
    if (hasZooKeeper(landscape)) return;
    for (const { metric, at, name } of landscape.metrics) {
      const [, why, now] = gone.find(([pattern]) => pattern.test(metric)) ?? [];
      if (why !== undefined)
        yield {
          at,
          says: `${metric}, which ${name} asks for, is gone since Kafka 4.0: ${why}.`,
          next: now ?? '',
        };
    }
  },
};

/** It is an older Kafka still. */
const hasZooKeeper = ({ configurations, workloads, resources }: Landscape): boolean =>
  configurations.some(
    ({ kind, settings }) =>
      kind === 'broker' && settings.some(({ key }) => key === 'zookeeper.connect'),
  ) ||
  workloads.some(({ runs }) => runs === 'zookeeper') ||
  resources.some(
    ({ kind, fields }) =>
      kind === 'Kafka' && [...fields.keys()].some((path) => path.startsWith('spec.zookeeper.')),
  );
