import { exporterPort } from '../../catalog/own-parts.ts';
import { jmxExporterArtifact, versions } from '../../catalog/versions.ts';
import { clientAddresses } from '../../model/placement.ts';
import { isSecured, type Platform } from '../../model/platform.ts';
import { adminClientPath } from '../clients/index.ts';
import { onNode } from '../commands.ts';
import { ownershipLines } from '../header.ts';
import { bullets, code, fence, longSteps, markdownTable, paragraph } from '../markdown.ts';
import { unitName } from './application.ts';
import { kafkaTarball, packagesFolder } from './machine-files.ts';

/** How a person gets from machines to a running cluster, and from one version to the next. */
export const guide = (platform: Platform): string =>
  `${[
    `<!-- ${ownershipLines.join('\n     ')} -->`,
    `# ${platform.name} on ${isAlone(platform) ? 'a machine' : 'machines'} of its own`,
    ...machines(platform),
    '## First time',
    longSteps(firstSteps(platform)),
    paragraph('Everything may be run again: it changes what differs, and says so.'),
    '## Day by day',
    bullets(daily(platform)),
    ...health(platform),
    '## A new version of Kafka',
    longSteps(upgradeSteps(platform)),
  ].join('\n\n')}\n`;

const isAlone = ({ clusters: [{ nodes }] }: Platform): boolean => nodes.length === 1;

function machines(platform: Platform): string[] {
  const [{ nodes }] = platform.clusters;
  const alone = isAlone(platform);
  return [
    markdownTable(
      ['node', 'machine', 'roles'],
      nodes.map(({ name, host, roles }) => [name, code(host), roles.join(', ')]),
    ),
    paragraph(
      `${alone ? 'It needs' : 'Each needs'} Linux with systemd, Java ${versions.java.minimum} or newer, a clock that is kept right, and a disk of its own of ${nodes[0].diskGigabytes} GB, mounted at \`/var/lib/kafka\` (XFS; not at \`/var/lib/kafka/data\`, where \`lost+found\` would be in the way). If the disk has another size, write that into \`krafter.yaml\` (\`cluster.disk\`)${
        platform.monitoring === 'none' ? '' : ': alerts go by it'
      }.`,
    ),
    paragraph(
      `The ${alone ? 'name above must resolve on the machine itself and on every client' : 'names above must resolve on every machine and every client'}. Open port 9092 to clients, 9091 and 9093 ${
        alone ? 'to nobody' : 'between the nodes only'
      }${platform.monitoring === 'none' ? '' : `, ${exporterPort} to Prometheus only`}.`,
    ),
  ];
}

function firstSteps(platform: Platform): [string, ...string[]][] {
  const [cluster] = platform.clusters;
  const [first] = cluster.nodes;
  const secured = isSecured(platform);
  const alone = isAlone(platform);
  return [
    [
      `Put Kafka's binary release ${code(kafkaTarball)} and its published \`.sha512\` into ${code(`${packagesFolder}/`)}, as Apache publishes them or from a mirror of your own.${
        platform.monitoring === 'none' ? '' : ' The JMX exporter goes there too; Maven brings it:'
      }`,
      ...(platform.monitoring === 'none'
        ? []
        : [
            fence(
              'sh',
              `mvn dependency:copy -DoutputDirectory=${packagesFolder} \\\n  -Dartifact=${jmxExporterArtifact}`,
            ),
          ]),
    ],
    ...(secured
      ? [
          [
            `Make the secrets, here and not on ${alone ? 'the broker' : 'a broker'}:`,
            fence('sh', 'security/secrets.sh && security/certs.sh'),
          ] satisfies [string, string],
        ]
      : []),
    [
      `Install ${alone ? 'the node' : 'all nodes'} over ssh, as root or with sudo there. \`--dry-run\` shows what would change.`,
      fence('sh', 'bare-metal/deploy.sh'),
      paragraph(
        `Without ssh, copy the project to ${alone ? 'the machine' : 'each machine'} and run ${code(`bare-metal/install.sh ${alone ? first.name : 'NODE'}`)} there, as root.${
          secured
            ? ` Of the secrets it needs \`security/secrets/ca.pem\`, ${code(`security/secrets/${alone ? first.name : 'NODE'}.pem`)} and \`.env\`. Remove the copy afterwards.`
            : ''
        }`,
        93,
      ),
    ],
    [
      `Make the topics${secured ? ' and rights' : ''}, from a machine with this project and Kafka in \`/opt/kafka\` that reaches the ${alone ? 'broker' : 'brokers'}:`,
      fence('sh', applyTopics(platform)),
    ],
    [
      'Install the application, as root, from a copy of this project on a machine that reaches Kafka:',
      fence('sh', 'bare-metal/install-app.sh'),
    ],
  ];
}

function applyTopics(platform: Platform): string {
  const servers = clientAddresses(platform);
  return [
    ...(isSecured(platform) ? ['set -a; . ./.env; set +a'] : []),
    `export KAFKA_BOOTSTRAP_SERVERS=${servers}`,
    ...(isSecured(platform) ? [`export KAFKA_COMMAND_CONFIG=${adminClientPath}`] : []),
    'topics/apply.sh',
  ].join('\n');
}

function daily(platform: Platform): string[] {
  const [{ nodes }] = platform.clusters;
  const [first] = nodes;
  const unit = unitName(platform, platform.application.services[0]);
  const again = isSecured(platform) ? 'the topics and rights' : 'the topics';
  return [
    `**Logs**: \`journalctl -u kafka\`, ${code(`journalctl -u ${unit}`)}; those of the garbage collector${
      isSecured(platform) ? ' and the authorizer' : ''
    } in \`/var/log/kafka\`.`,
    '**A changed setting**: edit it or `krafter synth`, then `bare-metal/deploy.sh`. Nothing restarts.',
    ...(isAlone(platform)
      ? [
          '**Restart**: `bare-metal/deploy.sh --restart`, if it runs with old files. Until it is back nobody reads or writes; clients wait and try again.',
          '**Stop, start**: `systemctl stop kafka`, which closes its logs first, within five minutes; `systemctl start kafka`.',
          `**A new disk**: mount it, then ${code(`bare-metal/deploy.sh ${first.name} --format`)}, and make ${again} again. The records of the old disk are gone: there is no copy.`,
        ]
      : [
          '**Rolling restart**: `bare-metal/deploy.sh --restart`, one node at a time, and only those that run with old files. It is refused while a partition is under-replicated or a controller lags behind: with one copy missing already, the next node taken away stops writes or loses the quorum.',
          '**Stop, start**: `systemctl stop kafka`, which moves leaders away first, within five minutes; `systemctl start kafka`.',
          "**A new disk in a node**: mount it, then `bare-metal/deploy.sh NODE --format`, while the other nodes run. They give it its records again; a controller's old vote is taken back.",
        ]),
    ...(isSecured(platform)
      ? [
          `**A new certificate**: \`security/certs.sh renew ${isAlone(platform) ? first.name : 'NODE'}\`, then ${code(`bare-metal/deploy.sh ${isAlone(platform) ? first.name : 'NODE'} --restart`)}.`,
        ]
      : []),
  ];
}

const health = (platform: Platform): string[] =>
  isAlone(platform)
    ? ['Which topics there are, asked on its machine as root:', topicsTool(platform, '--describe')]
    : [
        'What is under-replicated, asked on any node as root:',
        topicsTool(platform, '--describe --under-replicated-partitions'),
      ];

const topicsTool = (platform: Platform, options: string): string =>
  fence('sh', onNode(platform, 'kafka-topics.sh', options));

const upgradeSteps = (platform: Platform): [string, ...string[]][] => [
  [
    'Read its upgrade notes. Change `KAFKA_HOME` and `KAFKA_TARBALL` in `platform.conf`, and the path in `kafka.service`; a newer krafter does that with `krafter synth`.',
  ],
  [`Put the new release and its \`.sha512\` into ${code(`${packagesFolder}/`)}.`],
  [
    `\`bare-metal/deploy.sh --restart\`.${
      isAlone(platform) ? '' : ' Old and new nodes work together meanwhile.'
    } To go back, undo step 1 and run this again: the old version stays in \`/opt\`.`,
  ],
  [
    'When it has proved itself, switch on what is new; from here there is no way back:',
    fence('sh', onNode(platform, 'kafka-features.sh', 'upgrade --release-version VERSION')),
  ],
];
