import { isOpen, optionOf } from '../../../landscape/options.ts';
import { fixOf } from '../../edits.ts';
import type { Rule } from '../../rule.ts';

export const failsWhenThere: Rule = {
  code: 'KT016',
  title: 'A script that makes topics can run once only',
  severity: 'info',
  confidence: 'medium',
  story:
    'The script stops at the first topic that is there already, and those behind it are never made; or everybody learns to ignore its errors, also the one that matters.',
  source: 'TopicCommand: --if-not-exists',
  *check({ landscape }) {
    for (const command of landscape.commands) {
      if (command.tool !== 'kafka-topics' || isOpen(command)) continue;
      const create = optionOf(command, '--create');
      if (!create || optionOf(command, '--if-not-exists')) continue;
      // For one action of ZooKeeper's time there is more to be done.
      if (optionOf(command, '--zookeeper')) continue;
      yield {
        at: create.word.at,
        says: 'kafka-topics --create without --if-not-exists fails where the topic is.',
        next: '--create --if-not-exists',
        ...fixOf(false, 'Add --if-not-exists', [
          { at: create.word.at, text: '--create --if-not-exists', was: '--create' },
        ]),
      };
    }
  },
};
