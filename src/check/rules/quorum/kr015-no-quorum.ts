import { quorumKeys } from '../../kraft.ts';
import type { Rule } from '../../rule.ts';
import { effective, effectiveText, numberOf, ofKind, settingOf } from '../../settings.ts';

export const noQuorum: Rule = {
  code: 'KR015',
  title: 'A node that is not told where its controllers are',
  severity: 'error',
  confidence: 'high',
  guards: ['kraft-only'],
  story: 'The node ends at start, a controller too: it must know itself by an address.',
  source: 'KafkaConfig.validateValues (controller.quorum.bootstrap.servers or voters)',
  noFix: 'Where the controllers are is not in this file.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const roles = settingOf(node, 'process.roles');
      if (!roles || node.open || quorumKeys.some((key) => node.beneath?.unseen?.has(key))) continue;
      if (effective(known, node, 'process.roles') === undefined) continue;
      // Only a value that nobody knows has no text.
      const isSaid = quorumKeys.some(
        (key) => settingOf(node, key) ?? effectiveText(known, node, key),
      );
      // Without an id either, it is a part of a file, and the environment has the rest.
      if (isSaid || numberOf(effectiveText(known, node, 'node.id')) === undefined) continue;
      yield {
        at: roles.keyAt,
        says: 'process.roles is set, but neither controller.quorum.bootstrap.servers nor controller.quorum.voters.',
        next: 'Set controller.quorum.bootstrap.servers to host:port of the controllers.',
      };
    }
  },
};
