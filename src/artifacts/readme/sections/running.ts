import { nativeHeapMegabytes } from '../../../catalog/own-parts.ts';
import { versions } from '../../../catalog/versions.ts';
import { isSecured, type Platform } from '../../../model/platform.ts';
import { runtimeOf } from '../../apps/index.ts';
import { composePath } from '../../compose/index.ts';
import { fence, listed, paragraph, type Section } from '../../markdown.ts';
import { passwords } from '../../security/index.ts';

export const running = (platform: Platform): Section => ({
  heading: 'Run it',
  blocks: [...onThisMachine(platform), ...deployed(platform), ...freshClone(platform)],
});

const onThisMachine = (platform: Platform): string[] => [
  paragraph(`On this machine, without Docker, with ${listed(needs(platform))}:`),
  fence(
    'sh',
    `krafter up       # ${alone(platform) ? 'the node' : 'all nodes'}, topics and both services, from the files of this project
krafter status   # addresses, quorum, lag, logs
krafter verify   # breaks it, and shows that nothing was lost
krafter down     # ends exactly that; --volumes forgets the records too`,
  ),
  ...heap(platform),
  paragraph('Where `krafter` is not installed, `npx krafter` is the same.'),
];

/** Otherwise a person would look for the memory of krafter.yaml, and measure the wrong thing. */
const heap = ({ clusters: [{ nodes }] }: Platform): string[] =>
  nodes[0].heapMegabytes > nativeHeapMegabytes
    ? [
        paragraph(
          `Here each node has ${nativeHeapMegabytes} MB of Java heap at most; \`cluster.heap\` of [krafter.yaml](krafter.yaml) is for where it is deployed. How fast it is here says little of there.`,
        ),
      ]
    : [];

const alone = ({ clusters: [{ nodes }] }: Platform): boolean => nodes.length === 1;

const needs = (platform: Platform): string[] => [
  `Java ${versions.java.minimum} or newer`,
  'Maven',
  ...(isSecured(platform) ? ['openssl'] : []),
  runtimeOf(platform).needs,
];

function deployed(platform: Platform): string[] {
  switch (platform.deployment) {
    case 'compose':
      return [
        paragraph(`With Docker Compose, from [${composePath}](${composePath}):`),
        fence(
          'sh',
          `docker compose up --wait
docker compose logs -f ${platform.application.services[1].name}
docker compose down            # -v forgets the records too`,
        ),
        paragraph(
          '`krafter up --engine docker` starts the same containers; `status`, `verify` and `down` then speak of those.',
        ),
      ];
    case 'bare-metal':
      return [
        paragraph(
          'On machines of your own, with systemd: [bare-metal/README.md](bare-metal/README.md) leads from empty machines to a running cluster, and from one version of Kafka to the next. In short:',
        ),
        fence(
          'sh',
          [
            ...(isSecured(platform)
              ? ['security/certs.sh           # makes the certificates that are missing']
              : []),
            `bare-metal/deploy.sh        # ${alone(platform) ? 'the node' : 'all nodes'}, over ssh`,
            'topics/apply.sh             # with the variables that the guide names',
            'bare-metal/install-app.sh   # on the machine of the services',
          ].join('\n'),
        ),
      ];
    default:
      return [];
  }
}

const freshClone = (platform: Platform): string[] =>
  passwords(platform).length > 0
    ? [
        paragraph(
          'Passwords are random and in `.env`. Git ignores it, so a fresh clone has none: run [security/secrets.sh](security/secrets.sh) there first. It makes those that are missing, also in an `.env` of your own.',
        ),
      ]
    : [];
