import type { Rule } from '../../rule.ts';
import { ofKind } from '../../settings.ts';

export const logsByLog4j1: Rule = {
  code: 'KB042',
  title: 'A logging configuration in the language of Log4j 1',
  severity: 'warning',
  confidence: 'high',
  across: true,
  story:
    'After the upgrade the broker still writes logs, through a bridge that knows some of what the file says. The night that they are needed, the rotation was one of the other things, and the disk is full of them.',
  source: "Kafka's upgrade notes for 4.0: Log4j 2 (KIP-653)",
  noFix: 'log4j-transform-cli converts the file.',
  *check(known) {
    for (const { workload, release = known.release } of ofKind(known, 'broker')) {
      const options = workload?.environment.findLast(({ key }) => key === 'KAFKA_LOG4J_OPTS');
      if (!options || !('known' in options.value) || Number(release) < 4) continue;
      const file = /-Dlog4j\.configuration=(?:file:)?(\S+)/.exec(options.value.known)?.[1];
      if (file !== undefined)
        yield {
          at: options.valueAt,
          says: `KAFKA_LOG4J_OPTS names ${file} for Log4j 1, and Kafka ${release} logs by Log4j 2.`,
          next: 'Convert the file with log4j-transform-cli, and name it by -Dlog4j2.configurationFile.',
        };
    }
  },
};
