import type { Platform } from '../../../model/platform.ts';
import { kitOf, runtimeOf } from '../../apps/index.ts';
import { fence, paragraph, type Section } from '../../markdown.ts';
import { sampleEvents } from '../sample-events.ts';

export function firstEvent(platform: Platform): Section {
  const [producer, consumer] = platform.application.services;
  const { event, view, answer } = sampleEvents[platform.useCase.id];
  return {
    heading: 'A first event',
    blocks: [
      paragraph(
        `${platform.deployment === 'bare-metal' ? 'On the machine of the services. ' : ''}With \`krafter up\` the ports may be others, if these are taken: \`krafter status\` shows them.`,
      ),
      fence(
        'sh',
        `curl -i http://localhost:${producer.port}/events -H 'Content-Type: application/json' --data-binary @- <<'EOF'
${JSON.stringify(event, null, 2)}
EOF`,
      ),
      paragraph(
        `202 means that ${platform.clusters[0].replicationFactor > 1 ? 'all in-sync replicas have' : 'Kafka has'} it; the answer says in which partition and at which offset. A moment later the view shows it:`,
      ),
      fence('sh', `curl 'http://localhost:${consumer.port}${view}'`),
      fence('json', JSON.stringify(answer, null, 2)),
      paragraph(
        'Send it again, and nothing changes: its `eventId` has had its effect. Then send many, in [app/](app/):',
      ),
      fence('sh', generator(platform)),
    ],
  };
}

function generator(platform: Platform): string {
  const { prepare, run } = runtimeOf(platform).byHand(platform.name);
  const port = platform.application.services[0].port;
  const options = `--count 500 --url http://localhost:${port}`;
  return `${prepare}\n${[run, ...kitOf(platform).commands.generate, options].join(' ')}`;
}
