import type { Located } from '../../../landscape/facts/configuration.ts';
import { itemsIn, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const textOf = (one: Located | undefined): string | undefined =>
  one && 'known' in one.value ? one.value.known : undefined;

export const targetElsewhere: Rule = {
  code: 'KM002',
  title: 'Mirrors whose Connect cluster is not at the target',
  severity: 'error',
  confidence: 'high',
  story:
    'The operator refuses the resource, and nothing is mirrored: its Connect workers write to one cluster only, and that is the target of all mirrors.',
  source: "KafkaMirrorMaker2Connectors (Connect cluster alias has to be the target's)",
  noFix: 'which of the two is wrong is not in the file',
  *check(known) {
    for (const resource of ofStrimzi(known, 'KafkaMirrorMaker2')) {
      const connect = textOf(resource.fields.get('spec.connectCluster'));
      if (connect === undefined) continue;
      for (const mirror of itemsIn(resource, 'spec.mirrors')) {
        const target = mirror.get('targetCluster');
        const alias = textOf(target);
        if (!target || alias === undefined || alias === connect) continue;
        yield {
          at: target.at,
          says: `targetCluster is ${alias}, and connectCluster is ${connect}.`,
          next: 'One resource for each target: connectCluster is its alias.',
        };
      }
    }
  },
};
