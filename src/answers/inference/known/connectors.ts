/** The connectors that can be chosen, by the classes that people configure for them. */
const connectorIds = [
  'debezium-postgresql',
  'debezium-mysql',
  's3-sink',
  'elasticsearch-sink',
  'jdbc-source',
  'jdbc-sink',
] as const;
export type ConnectorId = (typeof connectorIds)[number];

const classes: readonly { name: RegExp; connector?: ConnectorId; captures?: true }[] = [
  { name: /PostgresConnector$/, connector: 'debezium-postgresql', captures: true },
  { name: /MySqlConnector$/, connector: 'debezium-mysql', captures: true },
  { name: /^io\.debezium\.connector\.(?!jdbc)/, captures: true },
  { name: /S3Sink(Connector)?$|AwsS3SinkConnector$/i, connector: 's3-sink' },
  { name: /(Elastic|Open)search\w*Sink(Connector)?$/i, connector: 'elasticsearch-sink' },
  { name: /JdbcSourceConnector$/i, connector: 'jdbc-source' },
  { name: /JdbcSinkConnector$/i, connector: 'jdbc-sink' },
];

export type KnownConnector = {
  readonly connector: ConnectorId | undefined;
  /** Captures the changes of a database. */
  readonly captures: boolean;
};

/** What is known of a `connector.class`. */
export function connectorOf(className: string): KnownConnector | undefined {
  const known = classes.find(({ name }) => name.test(className));
  return known && { connector: known.connector, captures: known.captures === true };
}
