import type { Rule } from '../../rule.ts';
import { effective, itemsOf, numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const voterOrNot: Rule = {
  code: 'KR004',
  title: 'A controller that is no voter, or a voter that is no controller',
  severity: 'error',
  confidence: 'high',
  story:
    'The node ends at start. With a static quorum the voters are written down on every node, and this one says of itself that it is something else.',
  source: 'KafkaConfig.validateValues (controller.quorum.voters)',
  noFix: 'The id, the roles or the list of voters may be what is wrong.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const voters = settingOf(configuration, 'controller.quorum.voters');
      const id = numberOf(effective(known, configuration, 'node.id')?.text);
      const roles = itemsOf(effective(known, configuration, 'process.roles')?.text);
      const ids = itemsOf(textOf(voters)).map((voter) => Number(voter.split('@')[0]));
      if (!voters || id === undefined || roles.length === 0 || ids.length === 0) continue;
      const isVoter = ids.includes(id);
      if (isVoter === roles.includes('controller') || ids.some(Number.isNaN)) continue;
      yield {
        at: voters.valueAt,
        says: isVoter
          ? `node.id ${id} is a voter, and process.roles is ${roles.join(',')}.`
          : `node.id ${id} is a controller, and the voters are ${ids.join(', ')}.`,
        next: isVoter
          ? 'Take it out of the voters, or give it the role of a controller.'
          : 'Add it to the voters of every node.',
      };
    }
  },
};
