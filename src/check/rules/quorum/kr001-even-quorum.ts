import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const evenQuorum: Rule = {
  code: 'KR001',
  title: 'A quorum of an even number',
  severity: 'warning',
  confidence: 'high',
  story:
    'A majority of four is three: as many may fail as of three, and one more can. Of two, none may fail: when one is restarted, nothing can be changed in the cluster.',
  source: "Kafka's documentation, KRaft, Provisioning Nodes",
  noFix: 'A controller more, or one less, is a machine.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const voters = settingOf(configuration, 'controller.quorum.voters');
      const text = textOf(voters);
      const count = text ? text.split(',').length : 0;
      if (!voters || count === 0 || count % 2 === 1) continue;
      yield {
        at: voters.valueAt,
        says: `controller.quorum.voters has ${count} voters, of which ${count / 2 - 1} may be away.`,
        next: `Take ${count - 1} or ${count + 1}.`,
      };
    }
  },
};
