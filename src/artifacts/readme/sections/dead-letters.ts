import { firstNativePort, inBlock, listenerPorts, oneShots } from '../../../catalog/own-parts.ts';
import { clientAddresses } from '../../../model/placement.ts';
import { isSecured, type Platform, replayGroup, replayUser } from '../../../model/platform.ts';
import { replayEnvironment, servicePassword } from '../../apps/environment.ts';
import { kitOf, runtimeOf } from '../../apps/index.ts';
import { code, fence, paragraph, type Section } from '../../markdown.ts';

/** What becomes of a record that can't be handled, and how it comes back. */
export function deadLetters(platform: Platform): Section {
  const [, consumer] = platform.application.services;
  const user = isSecured(platform) ? ` as the user ${code(replayUser(consumer))}` : '';
  return {
    heading: 'Dead letters',
    blocks: [
      paragraph(
        `A record that ${code(consumer.name)} can't handle goes to ${code(consumer.deadLetterTopic)} unchanged, with the reason in its headers (\`dlq-error-class\`, \`dlq-error-message\`, where it stood); the others go on. When the cause is mended, \`replay\` sends them to ${code(consumer.topic)} again. It reads${user} in the group ${code(replayGroup(consumer))}, so the next replay begins where this one ended.`,
      ),
      ...(platform.deployment === 'compose'
        ? [
            fence(
              'sh',
              `docker compose run --rm ${oneShots.replay} --dry-run   # how many, and which
docker compose run --rm ${oneShots.replay} --limit 10
docker compose run --rm ${oneShots.replay}`,
            ),
            paragraph(
              'With `krafter up`, in [app/](app/), which was prepared above (`krafter status` shows where the brokers are):',
            ),
          ]
        : [
            paragraph(
              `On a machine that reaches the brokers, in [app/](app/), which was prepared above. With \`krafter up\` they are where \`krafter status\` says, ${code(localBroker)} as a rule:`,
            ),
          ]),
      fence('sh', byHand(platform)),
    ],
  };
}

/** Where `krafter up` puts the first broker, unless that is taken. */
const localBroker = `localhost:${inBlock(firstNativePort, listenerPorts.CLIENT)}`;

function byHand(platform: Platform): string {
  const [, consumer] = platform.application.services;
  const password = servicePassword(platform, { name: replayUser(consumer) });
  const { run } = runtimeOf(platform).byHand(platform.name);
  const environment = Object.entries({
    ...replayEnvironment(platform, {
      bootstrapServers: platform.deployment === 'compose' ? localBroker : clientAddresses(platform),
      caFile: '../security/secrets/ca.pem',
    }),
    ...(password ? { KAFKA_SASL_PASSWORD: `$${password}` } : {}),
  });
  return [
    ...(password ? ['. ../.env'] : []),
    ...environment.map(([name, value]) => `export ${name}=${value}`),
    `${[run, ...kitOf(platform).commands.replay].join(' ')} --dry-run`,
  ].join('\n');
}
