import type { Configuration } from '../../../landscape/facts/configuration.ts';
import { type Flow, flowsOf, ofFlow } from '../../mirrors.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, textOf } from '../../settings.ts';

export const endlessLoop: Rule = {
  code: 'KM001',
  title: 'Records go round between two clusters',
  severity: 'error',
  confidence: 'high',
  story:
    'Each record is copied there and back and there again, as a new one each time: both clusters fill up until the first disk is full, and consumers see everything without end.',
  source:
    'IdentityReplicationPolicy: cycles can not be seen (MirrorSourceConnector.isCycle); KIP-382',
  noFix: 'which of the two directions is meant is not in the file',
  *check(known) {
    for (const file of ofKind(known, 'mirror-maker')) {
      const flows = flowsOf(file).filter(({ enabled }) => isTrue(textOf(enabled)));
      for (const [index, flow] of flows.entries()) {
        const back = flows
          .slice(0, index)
          .find(({ source, target }) => source === flow.target && target === flow.source);
        if (!back || !keepsNames(file, flow) || !keepsNames(file, back)) continue;
        if (topicsOf(file, flow) !== topicsOf(file, back)) continue;
        yield {
          at: flow.enabled.keyAt,
          says: `${back.source}->${back.target} and ${flow.source}->${flow.target} are enabled, and IdentityReplicationPolicy keeps the names of topics.`,
          next: 'One direction, or the DefaultReplicationPolicy, which puts the cluster before the name.',
          also: [{ at: back.enabled.keyAt, says: 'the other direction' }],
        };
      }
    }
  },
};

const keepsNames = (file: Configuration, flow: Flow): boolean =>
  /IdentityReplicationPolicy$/.test(textOf(ofFlow(file, flow, 'replication.policy.class')) ?? '');

/** With topics of their own, neither brings back what the other has taken. */
const topicsOf = (file: Configuration, flow: Flow): string | undefined => {
  const setting = ofFlow(file, flow, 'topics');
  return setting ? textOf(setting) : '.*';
};
