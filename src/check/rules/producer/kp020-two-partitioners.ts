import type { TopicUse } from '../../../landscape/facts/topic.ts';
import { isAside } from '../../environment.ts';
import type { Known, Rule } from '../../rule.ts';
import { clientName, effective, ofJava, settingOf } from '../../settings.ts';

/** Which hash of the key chooses the partition, by the partitioner's name. */
const hashes: Readonly<Record<string, string>> = {
  murmur2: 'murmur2',
  murmur2_random: 'murmur2',
  consistent: 'CRC32',
  consistent_random: 'CRC32',
  fnv1a: 'FNV-1a',
  fnv1a_random: 'FNV-1a',
  'fnv-1a': 'FNV-1a',
};

export const twoPartitioners: Rule = {
  code: 'KP020',
  title: 'Two programs send the same key to different partitions',
  severity: 'warning',
  confidence: 'high',
  across: true,
  guards: ['keyed-order'],
  story:
    'A second service starts to write to the topic, in another language. Its events of a customer lie in another partition than those of the first: their order is gone, and joins find no partner.',
  source: "librdkafka's CONFIGURATION.md (partitioner); BuiltInPartitioner.partitionForKey",
  noFix: 'records that are there already stay where the old partitioner put them',
  *check(known) {
    const uses = known.landscape.uses.filter(
      ({ does, key, at }) =>
        does === 'produces' && key === 'given' && !isAside(known.environmentOf(at.file)),
    );
    for (const use of uses) {
      const own = hashOf(known, use);
      if (own === undefined || own === 'murmur2') continue;
      const other = uses.find(
        (one) => nameOf(one) === nameOf(use) && (hashOf(known, one) ?? own) !== own,
      );
      if (!other) continue;
      yield {
        at: use.topic.at,
        says: `${nameOf(use)} gets its partitions by ${own} of the key here, and by ${hashOf(known, other)} from ${clientName(other.library)}.`,
        next:
          use.library === 'librdkafka'
            ? 'partitioner=murmur2_random, which is what Java does.'
            : 'Use the same hash in all programs that write to the topic: murmur2, as Java does.',
        also: [{ at: other.topic.at, says: 'The other program.' }],
      };
    }
  },
};

const nameOf = ({ topic: { value }, at }: TopicUse): string =>
  'known' in value ? value.known : `${at.file}:${at.line}:${at.column}`;

function hashOf(known: Known, { library, configuration }: TopicUse): string | undefined {
  if (library === 'java') {
    // What makes a KafkaTemplate's producer may be anywhere.
    const all = configuration ? [configuration] : ofJava(known, 'producer');
    return all.some((one) => settingOf(one, 'partitioner.class')) ? undefined : 'murmur2';
  }
  const name = configuration && effective(known, configuration, 'partitioner')?.text;
  return name === undefined ? undefined : hashes[name];
}
