import { superUsers } from '../../catalog/own-parts.ts';
import { consumerSettings, producerSettings } from '../../catalog/settings/clients.ts';
import { bootstrapServers, clientAddresses, deployedPlacement } from '../../model/placement.ts';
import { isSecured, type Platform, type Principal } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { scramJaas } from '../broker/properties.ts';
import { header } from '../header.ts';
import { propertiesFile } from '../properties-file.ts';

type Line = { section: string; key: string; value: string; why?: string };

export const clientsFolder = 'clients';
export const adminClientPath = `${clientsFolder}/admin.properties`;
export const producerClientPath = `${clientsFolder}/producer.properties`;
export const consumerClientPath = `${clientsFolder}/consumer.properties`;

/** Settings for Kafka's own tools and any Java client, one file per use. */
export function clientArtifacts(platform: Platform): Artifact[] {
  const [producer, consumer] = platform.application.services;
  const file = (path: string, title: string, user: Principal['name'], lines: Line[]) =>
    managed(path, propertiesFile(header(title), [...connectionLines(platform, user), ...lines]));
  const as = (user: string) => (isSecured(platform) ? `, as the user ${user}` : '');
  return [
    file(
      producerClientPath,
      `For producers in Java${as(producer.name)}; tools take it by --command-config.`,
      producer.name,
      settingLines(producerSettings),
    ),
    file(
      consumerClientPath,
      `For consumers in Java${as(consumer.name)}; tools take it by --command-config.`,
      consumer.name,
      [
        {
          section: 'Consumer',
          key: 'group.id',
          value: consumer.group,
          why: `That of ${consumer.name}${
            isSecured(platform) ? ', who may join no other' : ''
          }: whoever joins it takes partitions from the service.`,
        },
        ...settingLines(consumerSettings),
      ],
    ),
    file(
      adminClientPath,
      `For tools that manage the cluster${as(superUsers.administrator)}; they take it by --command-config.`,
      superUsers.administrator,
      [],
    ),
  ];
}

/** From where the addresses work, and what to write elsewhere. */
function reach(platform: Platform): string {
  const [cluster] = platform.clusters;
  const elsewhere = 'With krafter up: what krafter status shows.';
  if (platform.deployment !== 'compose')
    return `For machines that resolve these names. ${elsewhere}`;
  const outside = bootstrapServers(cluster, deployedPlacement(platform), 'outside');
  return `For containers beside the ${cluster.nodes.length === 1 ? 'broker' : 'brokers'}. For programs on the machine that runs them:\nbootstrap.servers=${outside}\n${elsewhere}`;
}

function connectionLines(platform: Platform, user: string): Line[] {
  const section = 'Connection';
  const bootstrap: Line = {
    section,
    key: 'bootstrap.servers',
    value: clientAddresses(platform),
    why: reach(platform),
  };
  if (!isSecured(platform)) return [bootstrap];
  return [
    bootstrap,
    { section, key: 'security.protocol', value: 'SASL_SSL' },
    { section, key: 'sasl.mechanism', value: 'SCRAM-SHA-512' },
    {
      section,
      key: 'sasl.jaas.config',
      value: scramJaas(user),
      why: 'The password comes from the environment: set -a; . ./.env; set +a',
    },
    { section, key: 'config.providers', value: 'env' },
    {
      section,
      key: 'config.providers.env.class',
      value: 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
    },
    { section, key: 'ssl.truststore.type', value: 'PEM' },
    {
      section,
      key: 'ssl.truststore.location',
      value: 'security/secrets/ca.pem',
      why: 'Relative to the folder that the client is started in: the root of this project.',
    },
  ];
}

const settingLines = (settings: typeof producerSettings): Line[] =>
  settings.map(({ key, section, value, why }) => ({ section, key, value: String(value), why }));
