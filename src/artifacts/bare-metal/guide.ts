import { jmxExporterArtifact, versions } from '../../catalog/versions.ts';
import { bootstrapServers, deployedPlacement } from '../../model/placement.ts';
import { isSecured, type Platform } from '../../model/platform.ts';
import { adminClientPath } from '../clients/index.ts';
import { ownershipLines } from '../header.ts';
import { unitName } from './application.ts';
import { kafkaTarball, packagesFolder } from './machine-files.ts';

/** How a person gets from machines to a running cluster, and from one version to the next. */
export function guide(platform: Platform): string {
  const [cluster] = platform.clusters;
  const { nodes } = cluster;
  const brokers = bootstrapServers(cluster, deployedPlacement(platform), 'clients');
  const loadSecrets = isSecured(platform) ? 'set -a; . /etc/kafka/secrets.env\n' : '';
  return `<!-- ${ownershipLines.join('\n     ')} -->
# ${platform.name} on machines of its own

| node | machine | roles |
| --- | --- | --- |
${nodes.map((node) => `| ${node.name} | ${node.host} | ${node.roles.join(', ')} |`).join('\n')}

Each machine: Linux with systemd, Java ${versions.java.minimum} or newer, a clock that is kept right, and a disk
of its own mounted at \`/var/lib/kafka\` (XFS; not at \`/var/lib/kafka/data\`, where \`lost+found\`
would be in the way). The names above must resolve from every machine and every client. Open
port 9092 to clients, 9091 and 9093 between the nodes only${platform.monitoring === 'none' ? '' : ', 9404 to Prometheus only'}.

## First time

${firstSteps(platform)
  .map((step, index) => `${index + 1}. ${step.replaceAll('\n', '\n   ')}`)
  .join('\n')}

Everything may be run again: it changes what differs, and says so.

## Day by day

| what | how |
| --- | --- |
| logs | \`journalctl -u kafka\`, \`journalctl -u ${unitName(platform, platform.application.services[0])}\`; garbage collector and authorizer in \`/var/log/kafka\` |
| a changed setting | edit it or \`krafter synth\`, then \`bare-metal/deploy.sh\`; nothing restarts |
| rolling restart | \`bare-metal/deploy.sh --restart\`: one node at a time, only those that run with old files |
| stop, start | \`systemctl stop kafka\`: up to five minutes, while leaders move away; \`systemctl start kafka\` |
| a new disk in a node | mount it, then \`bare-metal/deploy.sh <node> --format\`, while the other nodes run; a controller's old vote is taken back |
${isSecured(platform) ? '| renew a certificate | `security/certs.sh renew <node>`, then `bare-metal/deploy.sh <node> --restart` |\n' : ''}
What is under-replicated, asked on any node as root:

\`\`\`sh
${loadSecrets}/opt/kafka/bin/kafka-topics.sh --bootstrap-server ${brokers} \\
  --command-config /etc/kafka/client.properties --describe --under-replicated-partitions
\`\`\`

A restart is refused while a partition is under-replicated or a controller lags behind:
with one copy missing already, the next node taken away stops writes or loses the quorum.

## A new version of Kafka

1. Read its upgrade notes. Change \`KAFKA_HOME\` and \`KAFKA_TARBALL\` (\`platform.conf\`) and
   the path in \`kafka.service\`; a newer krafter does that with \`krafter synth\`.
2. Put the new release and its \`.sha512\` into \`${packagesFolder}/\`.
3. \`bare-metal/deploy.sh --restart\`. Old and new nodes work together meanwhile; to go back,
   undo step 1 and run this again. The old version stays in \`/opt\`.
4. When it has proved itself, switch on what is new; from here there is no way back:

\`\`\`sh
${loadSecrets}/opt/kafka/bin/kafka-features.sh --bootstrap-server ${brokers} \\
  --command-config /etc/kafka/client.properties upgrade --release-version <new>
\`\`\`
`;
}

function firstSteps(platform: Platform): string[] {
  const [cluster] = platform.clusters;
  const [first] = cluster.nodes;
  const secured = isSecured(platform);
  const brokers = bootstrapServers(cluster, deployedPlacement(platform), 'clients');
  return [
    `Put Kafka's binary release \`${kafkaTarball}\` and its published \`.sha512\` into
\`${packagesFolder}/\` (as Apache publishes them, or from your own mirror).${
      platform.monitoring === 'none'
        ? ''
        : `
The JMX exporter goes there too; Maven brings it:
\`mvn dependency:copy -Dartifact=${jmxExporterArtifact} -DoutputDirectory=${packagesFolder}\``
    }`,
    ...(secured
      ? ['Make the secrets, here and not on a broker: `security/secrets.sh && security/certs.sh`.']
      : []),
    `Install all nodes over ssh: \`bare-metal/deploy.sh\` (first \`--dry-run\`, if you like). Without
ssh, copy the project to each machine and run \`bare-metal/install.sh ${first.name}\` there${
      secured
        ? `; of
the secrets a node needs \`security/secrets/ca.pem\`, its own \`<node>.pem\` and \`.env\`. Remove the
copy afterwards.`
        : '.'
    }`,
    `Make the topics${secured ? ' and rights' : ''}, from any machine that reaches the brokers and has Kafka in \`/opt/kafka\`:
\`${secured ? 'set -a; . ./.env; ' : ''}KAFKA_BOOTSTRAP_SERVERS=${brokers} KAFKA_COMMAND_CONFIG=${adminClientPath} topics/apply.sh\``,
    'Install the application, on any machine that reaches the brokers: `bare-metal/install-app.sh`.',
  ];
}
