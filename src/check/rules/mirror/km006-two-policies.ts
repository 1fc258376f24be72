import { itemsIn, lacks, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

/** What both connectors must be told, as each has its own. */
const shared: Readonly<Record<string, string>> = {
  'replication.policy.class': 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy',
  'replication.policy.separator': '.',
  'offset-syncs.topic.location': 'source',
};

export const twoPolicies: Rule = {
  code: 'KM006',
  title: 'Connectors of one mirror do not agree',
  severity: 'error',
  confidence: 'high',
  story:
    'Topics are mirrored and checkpoints are written, for names that no topic has: at the failover the offsets of all groups are missing, and nothing ever failed.',
  source:
    'MirrorConnectorConfig (replication.policy.class, offset-syncs.topic.location), of each connector',
  noFix: 'which of the two is meant is not in the file',
  *check(known) {
    for (const resource of ofStrimzi(known, 'KafkaMirrorMaker2'))
      for (const [index, mirror] of itemsIn(resource, 'spec.mirrors').entries()) {
        const path = `spec.mirrors.${index}.checkpointConnector`;
        if (resource.open || lacks(resource, path)) continue;
        for (const [key, otherwise] of Object.entries(shared)) {
          const [one, other] = ['sourceConnector', 'checkpointConnector'].map((connector) =>
            mirror.get(`${connector}.config.${key}`),
          );
          const texts = [one, other].map((located) =>
            located === undefined
              ? otherwise
              : 'known' in located.value
                ? located.value.known
                : undefined,
          );
          const at = one?.at ?? other?.at;
          if (!at || texts.includes(undefined) || texts[0] === texts[1]) continue;
          yield {
            at,
            says: `${key} is ${texts[0]} for the source connector, and ${texts[1]} for the checkpoint connector.`,
            next: 'Set it in both, to the same.',
          };
        }
      }
  },
};
