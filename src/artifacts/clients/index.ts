import { superUsers } from '../../catalog/own-parts.ts';
import { consumerSettings, producerSettings } from '../../catalog/settings/clients.ts';
import { bootstrapServers, deployedPlacement } from '../../model/placement.ts';
import { isSecured, type Platform, type Principal } from '../../model/platform.ts';
import { type Artifact, managed } from '../artifact.ts';
import { scramJaas } from '../broker/properties.ts';
import { header } from '../header.ts';
import { propertiesFile } from '../properties-file.ts';

type Line = { section: string; key: string; value: string; why?: string };

export const adminClientPath = 'clients/admin.properties';
export const producerClientPath = 'clients/producer.properties';
export const consumerClientPath = 'clients/consumer.properties';

/** Settings for Kafka's own tools and any Java client, one file per use. */
export function clientArtifacts(platform: Platform): Artifact[] {
  const [cluster] = platform.clusters;
  const [producer, consumer] = platform.application.services;
  const servers = bootstrapServers(cluster, deployedPlacement(platform), 'clients');
  const file = (path: string, title: string, lines: Line[]) =>
    managed(path, propertiesFile(header(title), lines));
  const connection = (user: Principal['name']) => connectionLines(platform, servers, user);
  return [
    file(
      producerClientPath,
      `A producer as ${producer.name}; measured by kafka-producer-perf-test.sh and the drills.`,
      [...connection(producer.name), ...settingLines(producerSettings)],
    ),
    file(consumerClientPath, `A consumer as ${consumer.name}.`, [
      ...connection(consumer.name),
      {
        section: 'Consumer',
        key: 'group.id',
        value: consumer.group,
        why: '<platform>.<service>: the group has a right of its own.',
      },
      ...settingLines(consumerSettings),
    ]),
    file(
      adminClientPath,
      'The administrator: for kafka-topics.sh --command-config and its like.',
      connection(superUsers.administrator),
    ),
  ];
}

function connectionLines(platform: Platform, servers: string, user: string): Line[] {
  const section = 'Connection';
  const bootstrap: Line = { section, key: 'bootstrap.servers', value: servers };
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
