import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'unclean.leader.election.enable';

export const uncleanLeaderElection: Rule = {
  code: 'KB001',
  title: 'A replica that missed records may become leader',
  severity: 'error',
  confidence: 'high',
  guards: ['replication'],
  story:
    'Two brokers fail one after the other; the one that had fallen behind comes back first and is made leader. What the others had acknowledged in the meantime is cut off, on all of them, without an error.',
  source: 'TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG',
  *check(known) {
    for (const configuration of ofKind(known, 'broker', 'topic')) {
      const setting = settingOf(configuration, key);
      if (setting && isTrue(textOf(setting)))
        yield {
          at: setting.valueAt,
          says: `${key} is true: acknowledged records can be lost.`,
          next: `Leave it out; Kafka's default is false.`,
          ...fixOf(true, `Set ${key} to false`, valueEdit(setting, 'false')),
        };
    }
  },
};
