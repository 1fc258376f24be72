import { optionOf, optionsOf } from '../../../landscape/options.ts';
import type { Rule } from '../../rule.ts';

export const alterByTopics: Rule = {
  code: 'KT022',
  title: 'Settings are not changed by kafka-topics',
  severity: 'error',
  confidence: 'high',
  story:
    'The retention was to be made longer before records go, and the tool ends with a line about kafka-configs. Whoever does not look believes that it is done.',
  source: 'TopicCommand.TopicCommandOptions.checkRequiredArgs',
  noFix: 'it is another command',
  *check({ landscape }) {
    for (const command of landscape.commands) {
      if (command.tool !== 'kafka-topics' || !optionOf(command, '--alter')) continue;
      if (optionOf(command, '--zookeeper')) continue;
      const wrong = optionsOf(command).find(({ name }) => /^--(delete-)?config$/.test(name));
      if (!wrong) continue;
      yield {
        at: wrong.word.at,
        says: `kafka-topics --alter takes no ${wrong.name}.`,
        next: 'kafka-configs --alter --entity-type topics --entity-name NAME --add-config KEY=VALUE',
      };
    }
  },
};
