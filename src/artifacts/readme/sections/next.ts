import { isSecured, type Platform } from '../../../model/platform.ts';
import { bullets, listed, paragraph, type Section } from '../../markdown.ts';

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

const watch = ({ monitoring }: Platform, without: string): string =>
  monitoring === 'none'
    ? `Monitoring: ${without}`
    : 'An Alertmanager: until there is one, alerts reach nobody.';

const services =
  'Callers of the services are not asked who they are, over plain HTTP: put a proxy with TLS and a login in front.';

function development(platform: Platform): string[] {
  const { useCase, application, deployment } = platform;
  return [
    'Copies: there is one broker, with one disk.',
    ...security(platform),
    watch(platform, 'nobody sees lag.'),
    services,
    `${lacking(platform)} with tier 2, as another project: \`krafter new NAME --tier 2 --use-case ${useCase.id} --client ${application.client}${deployment === 'bare-metal' ? ' --deploy bare-metal' : ''}\`. Your changes in \`app/\` fit there.`,
  ];
}

function lacking(platform: Platform): string {
  const also = [
    ...(isSecured(platform) ? [] : ['security']),
    ...(platform.monitoring === 'none' ? ['monitoring'] : []),
  ];
  return `${listed(['Copies', ...also])} come`;
}

const production = (platform: Platform): string[] => [
  ...security(platform),
  ...(platform.deployment === 'compose'
    ? ['Machines: with Compose there is one. `deploy: bare-metal` puts each node on its own.']
    : []),
  watch(platform, 'nobody sees lag, or a partition without its copies.'),
  services,
  'Controllers share processes with brokers. A busy cluster gives them machines of their own.',
  'Events are JSON, checked by the services. No schema registry stops a producer of another make from writing something else.',
  ...(isSecured(platform) ? ['Data on disk is not encrypted by Kafka: encrypt the volumes.'] : []),
  'One region: nothing here replicates to a second cluster.',
];
