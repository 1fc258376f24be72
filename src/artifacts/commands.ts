import { clientAddresses } from '../model/placement.ts';
import { isSecured, type Platform } from '../model/platform.ts';

/** What a person types where the platform is deployed; `krafter up` does these by itself. */
export type Commands = {
  /** The difference between topics/topics.conf and the cluster, and how to make it. */
  readonly planTopics: string;
  readonly applyTopics: string;
  /** A new certificate from security/secrets to where a node reads it, and the node started with it. */
  readonly deliver: (node: string) => readonly string[];
  /** A service started with what `.env` says now. */
  readonly restartService: (service: string) => string;
  /** Kafka's tools, against this cluster, as the administrator. */
  readonly tools: string;
};

export function commandsFor(platform: Platform): Commands {
  switch (platform.deployment) {
    case 'compose':
      return {
        planTopics: 'docker compose run --rm topics --plan',
        applyTopics: 'docker compose run --rm topics',
        deliver: (node) => ['docker compose run --rm certs', `docker compose restart ${node}`],
        // Not restart, which keeps the old environment.
        restartService: (service) => `docker compose up -d ${service}`,
        tools: `docker compose run --rm --entrypoint bash topics   # then, in it:
/opt/kafka/bin/kafka-topics.sh --bootstrap-server $KAFKA_BOOTSTRAP_SERVERS \\
  ${isSecured(platform) ? '--command-config $KAFKA_COMMAND_CONFIG ' : ''}--describe`,
      };
    case 'bare-metal':
      return {
        planTopics: 'topics/apply.sh --plan',
        applyTopics: 'topics/apply.sh',
        deliver: (node) => [`bare-metal/deploy.sh ${node} --restart`],
        restartService: (service) => `bare-metal/install-app.sh ${service} --restart`,
        tools: onNode(platform, 'kafka-topics.sh', '--describe'),
      };
    default:
      throw new Error(`no commands for ${platform.deployment}`);
  }
}

/** One of Kafka's tools as root on a node of its own. */
export const onNode = (platform: Platform, tool: string, options: string): string =>
  `${isSecured(platform) ? 'set -a; . /etc/kafka/secrets.env; set +a\n' : ''}/opt/kafka/bin/${tool} --bootstrap-server ${someBrokers(platform)} \\
  --command-config /etc/kafka/client.properties ${options}`;

/** Three at most: enough to find the others while one is away. */
const someBrokers = (platform: Platform): string =>
  clientAddresses(platform).split(',').slice(0, 3).join(',');
