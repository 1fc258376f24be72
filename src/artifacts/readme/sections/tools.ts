import { isSecured, type Platform } from '../../../model/platform.ts';
import { commandsFor } from '../../commands.ts';
import { fence, paragraph, type Section } from '../../markdown.ts';

export const toolsHeading = "Kafka's own tools";

export const tools = (platform: Platform): Section => ({
  heading: toolsHeading,
  blocks: [
    paragraph(
      platform.deployment === 'compose'
        ? `A shell in the network of the containers has them, and [clients/](clients/)${isSecured(platform) ? ' with the passwords' : ''}:`
        : platform.clusters[0].nodes.length === 1
          ? 'The node has them; as root, on its machine:'
          : 'Every node has them; as root, on any of them:',
    ),
    fence('sh', commandsFor(platform).tools),
    paragraph(
      `With \`krafter up\`, \`krafter status\` answers the usual questions: quorum, brokers${
        platform.clusters[0].nodes.length === 1 ? '' : ', replicas out of sync'
      }, lag.`,
    ),
  ],
});
