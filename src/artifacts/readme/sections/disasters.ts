import { isSecured, type Platform } from '../../../model/platform.ts';
import { bullets, type Section } from '../../markdown.ts';

/** What is safe against what; nothing that was not built. */
export function disasters(platform: Platform): Section | undefined {
  if (platform.tier === 1) return undefined;
  return {
    heading: 'Backup and disaster',
    blocks: [
      bullets([
        'Copies are no backup: a topic that is deleted, or a wrong record, is so on every broker. Records have no second home here; what must outlive the cluster has to be written elsewhere.',
        ...(platform.deployment === 'compose'
          ? [
              'With Compose, all nodes share one machine, its disk and its power: the copies protect against a broken process, not against a broken machine.',
            ]
          : [
              'A node whose disk was replaced comes back empty and copies everything from the others: `bare-metal/deploy.sh NODE --format`, while they run.',
            ]),
        isSecured(platform)
          ? 'Git does not hold `.env` and `security/secrets/`: back them up, encrypted. With this folder and those two, the platform can be built again, without its records.'
          : 'With this folder the platform can be built again, without its records.',
        'Positions of consumers and finished effects are in two places, Kafka and the store: restored from different moments, events happen again (their ids tell) or are missing.',
      ]),
    ],
  };
}
