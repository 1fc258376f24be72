import type { Rule } from '../../rule.ts';

export const leakingRelease: Rule = {
  code: 'KS011',
  title: 'A release of Kafka Streams that leaks memory',
  severity: 'error',
  confidence: 'high',
  story:
    'Memory grows with each rebalance until the process is killed, which is the next rebalance: a group of them never comes to rest.',
  source: "KAFKA-19748; Kafka's upgrade notes, 4.1.1",
  noFix: 'an upgrade needs a look at what else has changed',
  *check({ landscape }) {
    for (const { name, version, at } of landscape.dependencies)
      if (name === 'org.apache.kafka:kafka-streams' && version && 'known' in version)
        if (version.known === '4.1.0')
          yield {
            at,
            says: `kafka-streams is 4.1.0${version.from ? ` (${version.from})` : ''}, which has a critical memory leak.`,
            next: 'Take 4.1.1 or a later one.',
          };
  },
};
