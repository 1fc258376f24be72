import type { Platform } from '../../../model/platform.ts';
import { type AlertGroup, isReplicated, seenIn } from './alert.ts';

const section = 'Disk';
const data = 'kafka_log_size_bytes';
/** By when it will be full. */
const days = 3;
/** The rest is for segments that wait to be deleted, indexes, and time to act. */
const full = 0.85;
/** Below this a steep line says little: it is a new topic, or a load test. */
const noticed = 0.25;

/**
 * Neither Kafka nor the JVM publish by JMX how large the disk is (the Admin API alone does,
 * KIP-827), so the data is held against the size that krafter.yaml gives.
 */
export const diskAlerts: AlertGroup = (platform) => {
  const disk = `${gigabytes(platform)}e9`;
  const share = (of: number) => `${Math.round(gigabytes(platform) * of * 1000) / 1000}e9`;
  const happens = `A full disk ends a broker${
    isReplicated(platform) ? ', and the next one soon after' : ''
  }. Kafka does not publish how large its disk is: this holds its data against \`cluster.disk\` of \`krafter.yaml\` (${gigabytes(platform)} GB), and does not see what else is on that disk.`;
  const next = `Compare with \`df -h\` on the machine, and see ${seenIn(
    platform,
    'topics',
    `sum by (topic) (${data})`,
  )} which topic it is. Give it a shorter retention (\`topics/apply.sh\` refuses to delete records, and says how it is done), or add disk and write its size into \`krafter.yaml\`.`;
  return [
    {
      name: 'KafkaDiskFilling',
      severity: 'warning',
      for: '1h',
      expr: `sum by (node) (${data} + ${days} * 86400 * deriv(${data}[6h])) > ${full} * ${disk} and sum by (node) (${data}) > ${noticed} * ${disk}`,
      section,
      summary: `The data of {{ $labels.node }} will fill its disk within ${days} days.`,
      happens,
      next,
      proof: {
        // Flat, then a quarter of the disk a day, then flat again.
        series: {
          [`${data}{node="broker-1",topic="t",partition="0"}`]: `${share(0.3)}x60 ${share(0.3)}+${share(0.25 / 1440)}x300 ${share(0.36)}x800`,
        },
        quietAt: [60, 120, 800],
        firesAt: 300,
        labels: { node: 'broker-1' },
      },
    },
    {
      name: 'KafkaDiskAlmostFull',
      severity: 'critical',
      for: '5m',
      expr: `sum by (node) (${data}) > ${full} * ${disk}`,
      section,
      summary: 'The data of {{ $labels.node }} leaves little room on its disk.',
      happens,
      next,
      proof: {
        series: {
          [`${data}{node="broker-1",topic="t",partition="0"}`]: `${share(0.5)}x30`,
          [`${data}{node="broker-1",topic="t",partition="1"}`]: `${share(0.3)}x5 ${share(0.4)}x15 ${share(0.2)}x10`,
          [`${data}{node="broker-2",topic="t",partition="0"}`]: `${share(0.6)}x30`,
        },
        quietAt: [5, 9, 25],
        firesAt: 15,
        labels: { node: 'broker-1' },
      },
    },
  ];
};

const gigabytes = (platform: Platform): number => platform.clusters[0].nodes[0].diskGigabytes;
