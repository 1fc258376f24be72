import { append, type Mutation, remove, replace, write } from './mutation.ts';

const broker = 'prod/kafka/broker-1/server.properties';
const producer = 'prod/shop/producer.properties';
const consumer = 'prod/shop/consumer.properties';
const machine = 'kafka/broker-1/server.properties';

export const securityMutations: readonly Mutation[] = [
  {
    base: 'production',
    name: 'clients talk in the clear',
    expects: 'KX001',
    file: broker,
    change: replace('CLIENT:SASL_SSL', 'CLIENT:PLAINTEXT'),
    line: 'listeners=',
  },
  {
    base: 'spring',
    name: 'passwords go over the network as they are',
    expects: 'KX002',
    file: 'orders/src/main/resources/application-prod.yml',
    change: (text) =>
      text
        .replace('SASL_SSL', 'SASL_PLAINTEXT')
        .replace('SCRAM-SHA-512', 'PLAIN')
        .replace('scram.ScramLoginModule', 'plain.PlainLoginModule'),
  },
  {
    base: 'production',
    name: 'a password in a file',
    expects: 'KX003',
    file: producer,
    change: replace(`password="\${env:SHOP_PASSWORD}"`, 'password="Wq8-zu4rT"'),
  },
  {
    base: 'strimzi',
    name: 'a password in a connector',
    expects: 'KX003',
    file: 'connect.yaml',
    change: replace(`\${secrets:kafka/lake:password}`, '9vKz-plm3'),
  },
  {
    base: 'production',
    name: 'any certificate will do',
    expects: 'KX004',
    file: consumer,
    change: append('ssl.endpoint.identification.algorithm='),
  },
  {
    base: 'production',
    name: 'everybody may do what no rule is about',
    expects: 'KX006',
    file: broker,
    change: append('allow.everyone.if.no.acl.found=true'),
  },
  {
    base: 'production',
    name: 'all rights for whoever has no name',
    expects: 'KX007',
    file: broker,
    change: replace('super.users=', 'super.users=User:ANONYMOUS;'),
  },
  {
    base: 'terraform',
    name: 'all rights for everybody',
    expects: 'KX007',
    file: 'prod/topics.tf',
    change: (text) =>
      text
        .replace('acl_operation       = "Write"', 'acl_operation       = "All"')
        .replace('"User:orders"', '"User:*"')
        .replace('resource_name       = "orders"', 'resource_name       = "*"'),
    line: 'User:*',
  },
  {
    base: 'production-compose',
    name: 'JMX for whoever reaches the port',
    expects: 'KX008',
    file: 'prod/compose.yaml',
    change: (text) =>
      text
        .replace('["9092:9092"]', '["9092:9092", "9999:9999"]')
        .replace('      KAFKA_LOG_DIRS', '      KAFKA_JMX_PORT: 9999\n      KAFKA_LOG_DIRS'),
  },
  {
    base: 'production',
    name: 'tokens that anybody can write',
    expects: 'KX009',
    file: consumer,
    change: (text) =>
      text
        .replace('=SCRAM-SHA-512', '=OAUTHBEARER')
        .replace(
          /sasl\.jaas\.config=.*/,
          'sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="shop";',
        ),
    line: 'sasl.jaas.config=',
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'TLS in a version that is broken',
    expects: 'KX010',
    file: machine,
    change: append('ssl.enabled.protocols=TLSv1.2,TLSv1.1'),
  },
  {
    base: 'production',
    name: 'a private key beside the settings',
    expects: 'KX011',
    file: 'prod/shop/kafka-client.pem',
    change: write(
      '-----BEGIN PRIVATE KEY-----',
      'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      '-----END PRIVATE KEY-----',
    ),
  },
  {
    base: 'services',
    name: 'a client with a known vulnerability',
    expects: 'KX014',
    file: 'pricing/build.gradle',
    change: replace('kafka-clients:4.3.1', 'kafka-clients:3.9.1'),
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'brokers may not do their own work',
    expects: 'KX015',
    file: machine,
    change: remove('super.users='),
    line: 'authorizer.class.name=',
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'super users with commas between',
    expects: 'KX016',
    file: machine,
    change: (text) => text.replace(/super\.users=.*/, (line) => line.replaceAll(';', ',')),
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'brokers log in by a way that they do not take',
    expects: 'KX017',
    file: machine,
    change: replace(
      'sasl.enabled.mechanisms=SCRAM-SHA-512',
      'sasl.enabled.mechanisms=SCRAM-SHA-256',
    ),
    line: 'sasl.mechanism.inter.broker.protocol=',
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'settings of a listener that does not exist',
    expects: 'KX018',
    file: machine,
    change: append('listener.name.external.ssl.client.auth=required'),
  },
  {
    base: 'terraform',
    name: 'an MSK cluster that talks in the clear',
    expects: 'KX020',
    file: 'prod/msk.tf',
    change: replace('client_broker = "TLS"', 'client_broker = "PLAINTEXT"'),
  },
  {
    base: 'terraform',
    name: 'an MSK cluster that asks nobody who they are',
    expects: 'KX021',
    file: 'prod/msk.tf',
    change: replace('unauthenticated = false', 'unauthenticated = true'),
  },
  {
    base: 'terraform',
    name: 'brokers of MSK talk in the clear',
    expects: 'KX024',
    file: 'prod/msk.tf',
    change: replace('in_cluster    = true', 'in_cluster    = false'),
  },
  {
    base: 'production',
    name: 'everybody logs in, and may do everything',
    expects: 'KX022',
    file: broker,
    change: (text) => text.replace(/authorizer\.class\.name=.*\nsuper\.users=.*\n/, ''),
    line: 'listeners=',
  },
  {
    base: 'machines, SCRAM, Java',
    name: 'a login that the broker does not read',
    expects: 'KX019',
    file: machine,
    change: append(
      'listener.name.client.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;',
    ),
  },
];
