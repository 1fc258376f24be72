import type { Platform, Topic } from '../../model/platform.ts';

/** The platform as a Mermaid flowchart: who writes where, who reads, who watches. */
export function diagram(platform: Platform): string {
  const [cluster] = platform.clusters;
  const [producer, consumer] = platform.application.services;
  const shown = [producer.topic, consumer.topic, consumer.deadLetterTopic];
  const drawn = cluster.topics.filter(({ name }) => shown.includes(name));
  const others = cluster.topics.length - drawn.length;
  const topic = (name: string) =>
    `topic${cluster.topics.findIndex((other) => other.name === name)}`;
  const copies = cluster.replicationFactor > 1 ? `, ${cluster.replicationFactor} copies` : '';
  const label = ({ name, partitions }: Topic) =>
    `${name}<br/>${partitions} partition${partitions === 1 ? '' : 's'}${copies}`;
  return [
    'flowchart LR',
    `  caller(["caller"]) -- "POST /events" --> producer["${producer.name}<br/>producer"]`,
    `  subgraph kafka["Kafka cluster ${cluster.name}"]`,
    ...drawn.map((each) => `    ${topic(each.name)}[("${label(each)}")]`),
    ...(others > 0 ? [`    others[("${others} more")]`] : []),
    '    subgraph nodes["nodes"]',
    ...cluster.nodes.map(
      (node) => `      node${node.id}["${node.name}<br/>${node.roles.join(' and ')}"]`,
    ),
    '    end',
    '  end',
    `  producer -- "writes" --> ${topic(producer.topic)}`,
    `  ${topic(consumer.topic)} -- "reads" --> consumer["${consumer.name}<br/>consumer"]`,
    `  consumer -- "gives up on" --> ${topic(consumer.deadLetterTopic)}`,
    '  consumer -- "applies once" --> store[("its store")]',
    '  reader(["caller"]) -- "GET /views" --> consumer',
    ...watchers(platform),
  ].join('\n');
}

function watchers({ monitoring }: Platform): string[] {
  if (monitoring === 'none') return [];
  return [
    '  prometheus["Prometheus"] -. "asks" .-> nodes',
    '  prometheus -. "asks" .-> producer',
    '  prometheus -. "asks" .-> consumer',
    ...(monitoring === 'grafana' ? ['  grafana["Grafana"] -. "shows" .-> prometheus'] : []),
  ];
}
