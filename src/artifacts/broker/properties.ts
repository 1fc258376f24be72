import { superUsers } from '../../catalog/own-parts.ts';
import { type BrokerContext, brokerSettings } from '../../catalog/settings/broker.ts';
import { bootstrapServers, type NodePlacement } from '../../model/placement.ts';
import {
  type Cluster,
  isSecured,
  type Listener,
  type Platform,
  passwordVariable,
} from '../../model/platform.ts';

/** One line of a node's `server.properties`, with its reason. */
export type Property = {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly why?: string;
  /** Follows from where the node lives; the native engine replaces these and no others. */
  readonly placed?: true;
};

/** The whole configuration of one node. */
export function brokerProperties(
  platform: Platform,
  placement: readonly NodePlacement[],
  place: NodePlacement,
): readonly Property[] {
  const [cluster] = platform.clusters;
  return [
    ...identity(cluster, placement, place),
    ...listeners(cluster, place),
    ...(isSecured(platform) ? security(cluster, place) : []),
    ...storage(place),
    ...recommended(platform, cluster),
  ];
}

function identity(
  cluster: Cluster,
  placement: readonly NodePlacement[],
  { node }: NodePlacement,
): Property[] {
  const section = 'Identity';
  return [
    {
      section,
      key: 'process.roles',
      value: node.roles.join(','),
      why:
        cluster.nodes.length === 1
          ? 'Broker and controller in one process.'
          : 'Brokers that are also controllers: three machines are enough. A busier cluster\ngives the controllers machines of their own.',
    },
    {
      section,
      key: 'node.id',
      value: String(node.id),
      why: 'Unique in the cluster, and never changed.',
    },
    {
      section,
      key: 'controller.quorum.bootstrap.servers',
      value: bootstrapServers(cluster, placement, 'controllers'),
      why: 'A dynamic quorum (KIP-853): controllers can be added and removed later. With\ncontroller.quorum.voters instead it would be static for ever.',
      placed: true,
    },
  ];
}

function listeners(cluster: Cluster, place: NodePlacement): Property[] {
  const section = 'Listeners';
  const isController = place.node.roles.includes('controller');
  const bound = cluster.listeners.filter(
    ({ purpose }) => purpose !== 'controllers' || isController,
  );
  const uri = (listener: Listener, address: { host: string; port: number }) =>
    `${listener.name}://${address.host}:${address.port}`;
  const inside = cluster.listeners.find(({ purpose }) => purpose === 'outside');
  return [
    {
      section,
      key: 'listeners',
      value: bound.map((listener) => uri(listener, place.bind[listener.name])).join(','),
      why: 'Where this node accepts connections.',
      placed: true,
    },
    {
      section,
      key: 'advertised.listeners',
      value: bound.map((listener) => uri(listener, place.advertised[listener.name])).join(','),
      why: inside
        ? 'What clients are told to connect to: CLIENT for containers beside this one,\nEXTERNAL for programs on the machine that runs them.'
        : 'What clients are told to connect to. They must be able to resolve these names.',
      placed: true,
    },
    {
      section,
      key: 'listener.security.protocol.map',
      value: cluster.listeners
        .map((listener) => `${listener.name}:${securityProtocol(listener)}`)
        .join(','),
    },
    { section, key: 'controller.listener.names', value: 'CONTROLLER' },
    {
      section,
      key: 'inter.broker.listener.name',
      value: 'BROKER',
      why: 'Replication has a listener of its own, so that clients can be firewalled from it.',
    },
  ];
}

function securityProtocol(listener: Listener): 'PLAINTEXT' | 'SSL' | 'SASL_SSL' {
  switch (listener.security.kind) {
    case 'plaintext':
      return 'PLAINTEXT';
    case 'mtls':
      return 'SSL';
    case 'sasl-ssl':
      return 'SASL_SSL';
  }
}

/** JAAS line of a SCRAM user whose password comes from the environment. */
export const scramJaas = (user: string): string =>
  `org.apache.kafka.common.security.scram.ScramLoginModule required username="${user}" password="\${env:${passwordVariable(user)}}";`;

function security(cluster: Cluster, place: NodePlacement): Property[] {
  const privileged = cluster.principals
    .filter(({ kind }) => kind === 'super')
    .map(({ name }) => `User:${name}`)
    .join(';');
  const saslListeners = cluster.listeners.filter(({ security: { kind } }) => kind === 'sasl-ssl');
  return [
    {
      section: 'Secrets',
      key: 'config.providers',
      value: 'env',
      why: 'Passwords come from the environment (.env), never from this file.',
    },
    {
      section: 'Secrets',
      key: 'config.providers.env.class',
      value: 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
    },
    {
      section: 'Secrets',
      key: 'config.providers.env.param.allowlist.pattern',
      value: '.*_PASSWORD',
      why: 'Nothing else of the environment can be read into a setting.',
    },
    ...tls(place),
    {
      section: 'SASL',
      key: 'sasl.enabled.mechanisms',
      value: 'SCRAM-SHA-512',
      why: 'Users and salted passwords live in the metadata log; they are made when the node is\nformatted (every controller, or logins fail as soon as another one leads).',
    },
    { section: 'SASL', key: 'sasl.mechanism.inter.broker.protocol', value: 'SCRAM-SHA-512' },
    ...saslListeners.map(
      ({ name, purpose }): Property => ({
        section: 'SASL',
        key: `listener.name.${name.toLowerCase()}.scram-sha-512.sasl.jaas.config`,
        value:
          purpose === 'brokers'
            ? scramJaas(superUsers.brokers)
            : 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      }),
    ),
    {
      section: 'Authorization',
      key: 'authorizer.class.name',
      value: 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      why: 'Rights are kept in the metadata log; see topics/apply.sh for who may do what.',
    },
    {
      section: 'Authorization',
      key: 'allow.everyone.if.no.acl.found',
      value: 'false',
      why: 'What nobody was granted is denied, and the denial is logged.',
    },
    {
      section: 'Authorization',
      key: 'super.users',
      value: privileged,
      why: 'The administrator, the user that brokers log in with, and nodes by the names in their\ncertificates. One of them missing, and the authorizer locks the cluster out.',
    },
  ];
}

function tls(place: NodePlacement): Property[] {
  const section = 'TLS';
  return [
    {
      section,
      key: 'ssl.keystore.type',
      value: 'PEM',
      why: 'Private key and certificate chain in one file, made by security/certs.sh.',
    },
    { section, key: 'ssl.keystore.location', value: place.keyStore, placed: true },
    { section, key: 'ssl.truststore.type', value: 'PEM' },
    { section, key: 'ssl.truststore.location', value: place.trustStore, placed: true },
    {
      section,
      key: 'ssl.endpoint.identification.algorithm',
      value: 'https',
      why: 'A certificate must carry the name that was dialled. Empty would switch that off.',
    },
    {
      section,
      key: 'listener.name.controller.ssl.client.auth',
      value: 'required',
      why: 'Controllers know each other by certificate: SCRAM can not form a quorum of several\ncontrollers, because its users are in the log that the quorum has yet to agree on.',
    },
    {
      section,
      key: 'ssl.principal.mapping.rules',
      value: 'RULE:^CN=([^,]+).*$/$1/,DEFAULT',
      why: 'CN=broker-1,... becomes User:broker-1.',
    },
  ];
}

function storage(place: NodePlacement): Property[] {
  return [
    {
      section: 'Storage',
      key: 'log.dirs',
      value: place.dataDirectory,
      why: "On a volume of its own. Kafka's default is below /tmp.",
      placed: true,
    },
  ];
}

function recommended(platform: Platform, cluster: Cluster): Property[] {
  const context: BrokerContext = {
    brokers: cluster.nodes.length,
    replicationFactor: cluster.replicationFactor,
    minInsyncReplicas: cluster.minInsyncReplicas,
    production: platform.tier > 1,
    partitions: cluster.defaultPartitions,
  };
  return brokerSettings.flatMap((setting) => {
    const value = setting.value(context);
    return value === undefined
      ? []
      : [
          {
            section: setting.section,
            key: setting.key,
            value: String(value),
            why: setting.why(context),
          },
        ];
  });
}
