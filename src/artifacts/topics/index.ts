import type { Cluster, Platform, Topic } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { header } from '../header.ts';
import { platformFile } from '../templates.ts';

export const applyScript = 'topics/apply.sh';

/** What the events of the application are, as a JSON Schema. */
export const eventSchema = ({ useCase }: Platform): string =>
  `schemas/${useCase.domain}.schema.json`;

export function topicArtifacts(platform: Platform): Artifact[] {
  const [cluster] = platform.clusters;
  return [
    platformFile(applyScript),
    managed('topics/topics.conf', topicsConf(cluster)),
    platformFile(eventSchema(platform)),
  ];
}

const topicsConf = (cluster: Cluster): string =>
  `${[
    header('What topics/apply.sh makes true: defaults, topics and rights.'),
    '',
    '# For topics that say nothing else. With eligible leader replicas (KIP-966) this is a',
    "# setting of the cluster; a broker's own would be dropped.",
    `default min.insync.replicas ${cluster.minInsyncReplicas}`,
    ...cluster.topics.map(topicEntry),
    ...(cluster.acls.length > 0 ? ['', '# Who may do what; everything else is denied.'] : []),
    ...cluster.acls.map(
      ({ principal, operation, resource }) =>
        `grant ${principal} ${operation} ${resource.type} ${resource.name}`,
    ),
  ].join('\n')}\n`;

function topicEntry(topic: Topic): string {
  const config = Object.entries(topic.config).map(([key, value]) => `${key}=${value}`);
  return `
# ${topic.contents || topic.name}
# Partitions: ${topic.partitionReason}.
# Key: ${topic.key}, because ${topic.keyReason}.
topic ${topic.name} partitions=${topic.partitions} replication=${topic.replicationFactor} ${config.join(' ')}`;
}
