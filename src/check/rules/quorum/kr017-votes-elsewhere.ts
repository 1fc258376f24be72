import { votersOf } from '../../../landscape/voters.ts';
import { controllerNames, listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, effectiveText, numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const votesElsewhere: Rule = {
  code: 'KR017',
  title: 'A controller that listens where nobody looks for it',
  severity: 'error',
  confidence: 'high',
  story:
    'The cluster never comes up: every node waits for a leader of the quorum, and knocks at a port where nobody is, without an error that names it.',
  source: 'QuorumConfig.QUORUM_VOTERS_CONFIG; KafkaRaftManager',
  noFix: 'Either of the two ports may be the one that was meant.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting = settingOf(node, 'controller.quorum.voters');
      const id = numberOf(effectiveText(known, node, 'node.id'));
      const own = votersOf(textOf(setting) ?? '').find((voter) => voter.id === id);
      const names = controllerNames(known, node);
      const listeners = effective(known, node, 'listeners');
      const ports = (listenersOf(listeners?.text ?? '') ?? [])
        .filter(({ name }) => names.includes(name))
        .map(({ port }) => port);
      if (!setting || !own || id === undefined || ports.length === 0 || ports.includes(own.port))
        continue;
      yield {
        at: setting.valueAt,
        says: `Node ${id} is looked for at port ${own.port}, and its controller listens at ${ports.join(', ')}.`,
        next: 'Give the port of the listener that controller.listener.names names.',
        ...(listeners?.setting && {
          also: [{ at: listeners.setting.valueAt, says: 'Its listeners.' }],
        }),
      };
    }
  },
};
