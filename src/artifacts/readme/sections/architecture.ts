import type { Platform } from '../../../model/platform.ts';
import { composePath } from '../../compose/index.ts';
import { fence, markdownTable, paragraph, type Section } from '../../markdown.ts';
import { passwords } from '../../security/index.ts';
import { diagram } from '../diagram.ts';

export const architecture = (platform: Platform): Section => ({
  heading: 'Architecture',
  blocks: [fence('mermaid', diagram(platform)), paragraph(durability(platform)), places(platform)],
});

function durability({ clusters: [cluster] }: Platform): string {
  const { replicationFactor, minInsyncReplicas, nodes } = cluster;
  if (replicationFactor === 1)
    return 'One node is broker and controller. There is one copy of each record: with its disk, the records are gone.';
  const controllers = nodes.filter(({ roles }) => roles.includes('controller')).length;
  const spare = Math.floor((controllers - 1) / 2);
  return `A write is acknowledged when all in-sync copies have it, at least ${minInsyncReplicas} of ${replicationFactor} (\`min.insync.replicas\`), so any one broker may be lost, with writes going on. With two lost, writes to the partitions that they share stop rather than lose records. The quorum of ${controllers} controllers, which are brokers too, survives the loss of ${spare}.`;
}

/** What lies in this project; what the platform does not have is not there. */
const places = (platform: Platform): string =>
  markdownTable(
    ['where', 'what'],
    placesOf(platform)
      .filter(({ present }) => present)
      .map(({ path, what }) => [`[${path}](${path})`, what]),
  );

function placesOf(platform: Platform) {
  const { deployment, security, monitoring } = platform;
  const secured = security !== 'none';
  return [
    {
      path: composePath,
      what: 'everything in containers',
      present: deployment === 'compose',
    },
    {
      path: 'bare-metal/',
      what: 'systemd units and scripts for machines of your own',
      present: deployment === 'bare-metal',
    },
    {
      path: 'kafka/',
      what: "each node's `server.properties`, every setting with its reason",
      present: true,
    },
    {
      path: 'topics/',
      what: `topics${secured ? ', users and rights' : ''}, and the script that makes them true`,
      present: true,
    },
    {
      path: 'security/',
      what: secured ? 'passwords and certificates' : 'passwords',
      present: passwords(platform).length > 0,
    },
    {
      path: 'clients/',
      what: "settings for Kafka's own tools and any Java client",
      present: true,
    },
    { path: 'app/', what: 'the two services and a generator of events', present: true },
    {
      path: 'monitoring/',
      what: monitoring === 'grafana' ? 'metrics, alerts, dashboards' : 'metrics and alerts',
      present: monitoring !== 'none',
    },
  ];
}
