import type { Command } from 'commander';

/** The options of every command that asks a live cluster. */
export const withLiveOptions = (command: Command): Command =>
  command
    .option('--bootstrap-server <servers>', 'host:port,... (or KAFKA_BOOTSTRAP_SERVERS)')
    .option('--command-config <file>', 'client properties of Kafka (or KAFKA_COMMAND_CONFIG)');
