import { isSecured, type Platform } from '../../../model/platform.ts';
import { commandsFor } from '../../commands.ts';
import { bullets, fence, paragraph, type Section } from '../../markdown.ts';

export function growing(platform: Platform): Section {
  const secured = isSecured(platform);
  const { planTopics, applyTopics } = commandsFor(platform);
  const width = planTopics.length;
  return {
    heading: 'Grow it',
    blocks: [
      paragraph('Change [krafter.yaml](krafter.yaml), then:'),
      fence(
        'sh',
        `${'krafter synth'.padEnd(width)}   # writes the files, keeps your edits
${planTopics}   # shows what would change in the cluster
${applyTopics.padEnd(width)}   # and does it, unless records would be lost`,
      ),
      paragraph(
        `${platform.deployment === 'bare-metal' ? 'The script needs Kafka in `/opt/kafka` and the variables at its top. ' : ''}\`krafter up\` applies topics too, also where the platform runs already. A node reads a changed \`server.properties\` when it is restarted.`,
      ),
      bullets([
        '**More partitions**: raise `partitions` of the topic. They can never be taken back, and keys move: order holds before and after the change, not across it.',
        '**More consumers**: as many instances as partitions, sharing a `postgresql://` store; SQLite is for one.',
        ...brokers(platform),
        secured
          ? '**Another service**: add it under `principals` with its topics and groups. `security/secrets.sh` makes its password, and the last command above its user and rights.'
          : '**Another service**: it needs the bootstrap servers and a group of its own, nothing else.',
      ]),
    ],
  };
}

function brokers(platform: Platform): string[] {
  if (platform.tier === 1) return [];
  const hosts = platform.deployment === 'bare-metal' ? ' and add a machine under `hosts`' : '';
  const secured = isSecured(platform)
    ? ' `security/certs.sh` makes its certificate; then restart the other nodes one at a time, so that they know its name, and start it last.'
    : ' Start it when its files are in place.';
  return [
    `**More brokers**: raise \`cluster.brokers\`${hosts}.${secured} With \`krafter up\`: \`krafter down\` first. New partitions go to it too; those that exist stay where they are until \`kafka-reassign-partitions.sh\` moves them.`,
  ];
}
