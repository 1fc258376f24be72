import { isSecured, type Platform } from '../../../model/platform.ts';
import { bullets, paragraph, type Section } from '../markdown.ts';

/** What this platform lacks on the way to production, and where that comes from. */
export const next = (platform: Platform): Section => ({
  heading: 'What to do next',
  blocks: [
    paragraph(
      platform.tier === 1
        ? 'This is for development. On the way to production it lacks:'
        : 'Before people depend on it, decide about what is not here:',
    ),
    bullets(platform.tier === 1 ? development(platform) : production(platform)),
  ],
});

const security = (platform: Platform): string[] =>
  isSecured(platform)
    ? []
    : ['Security: anybody who reaches a port reads and writes everything, unencrypted.'];

const services =
  'Callers of the services are not asked who they are, over plain HTTP: put a proxy with TLS and a login in front.';

function development(platform: Platform): string[] {
  const { useCase, application } = platform;
  return [
    'Copies: there is one broker, with one disk.',
    ...security(platform),
    ...(platform.monitoring === 'none' ? ['Monitoring: nobody sees lag.'] : []),
    services,
    `Copies, security and monitoring come with tier 2, as another project: \`krafter new NAME --tier 2 --use-case ${useCase.id} --client ${application.client}\`. Your changes in \`app/\` fit there.`,
  ];
}

const production = (platform: Platform): string[] => [
  ...security(platform),
  ...(platform.deployment === 'compose'
    ? ['Machines: with Compose there is one. `deploy: bare-metal` puts each node on its own.']
    : []),
  ...(platform.monitoring === 'none'
    ? ['Monitoring: nobody sees lag, or a partition without its copies.']
    : ['Alerts reach nobody until there is an Alertmanager.']),
  services,
  'Controllers share processes with brokers. A busy cluster gives them machines of their own.',
  'Events are JSON, checked by the services. No schema registry stops a producer of another make from writing something else.',
  ...(isSecured(platform) ? ['Data on disk is not encrypted by Kafka: encrypt the volumes.'] : []),
  'One region: nothing here replicates to a second cluster.',
];
