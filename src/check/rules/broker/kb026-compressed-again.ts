import type { Rule } from '../../rule.ts';
import { ofJava, ofKind, settingOf, textOf } from '../../settings.ts';

export const compressedAgain: Rule = {
  code: 'KB026',
  title: 'Every batch is unpacked and packed again',
  severity: 'info',
  confidence: 'medium',
  across: true,
  story:
    'The load doubles, and the processors of the brokers are full while their disks and networks are not: each batch is decompressed and compressed anew, since the producer has chosen another way.',
  source: 'TopicConfig.COMPRESSION_TYPE_CONFIG (producer); LogValidator',
  noFix: 'Which of the two should decide is a decision.',
  *check(known) {
    const producers = ofJava(known, 'producer').flatMap(
      (one) => settingOf(one, 'compression.type') ?? [],
    );
    for (const one of ofKind(known, 'broker', 'topic')) {
      const setting = settingOf(one, 'compression.type');
      const own = textOf(setting)?.toLowerCase();
      if (!setting || own === undefined || !/^(gzip|snappy|lz4|zstd)$/.test(own)) continue;
      const other = producers.find((producer) => {
        const type = textOf(producer)?.toLowerCase();
        return type !== undefined && type !== own && type !== 'none';
      });
      if (other)
        yield {
          at: setting.valueAt,
          says: `compression.type is ${own} here, and ${textOf(other)} at a producer.`,
          next: 'Leave it out here: as the producer has it is the default.',
          also: [{ at: other.valueAt, says: 'The producer.' }],
        };
    }
  },
};
