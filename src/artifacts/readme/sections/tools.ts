import type { Platform } from '../../../model/platform.ts';
import { commandsFor } from '../deployment.ts';
import { fence, paragraph, type Section } from '../markdown.ts';

export const tools = (platform: Platform): Section => ({
  heading: "Kafka's own tools",
  blocks: [
    paragraph(
      platform.deployment === 'compose'
        ? 'A shell in the network of the containers has them, and what they need to log in:'
        : 'Every node has them; as root, on any of them:',
    ),
    fence('sh', commandsFor(platform).tools),
    paragraph(
      'With `krafter up`, `krafter status` answers the usual questions: quorum, brokers, replicas out of sync, lag.',
    ),
  ],
});
