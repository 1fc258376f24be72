import { clusterLabel, textIn } from '../../../landscape/node-pools.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const kinds = ['KafkaTopic', 'KafkaUser', 'KafkaNodePool'];

export const belongsToNoCluster: Rule = {
  code: 'KK011',
  title: 'A resource that belongs to no cluster',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  story:
    'Applied, listed, and never looked at: without the label of its cluster no operator takes it, and there is no error to be found anywhere.',
  source: "Strimzi's documentation, the label strimzi.io/cluster",
  noFix: 'which cluster is meant is not in the file',
  *check(known) {
    // Kustomize puts labels and names in.
    if (known.landscape.resources.some(({ kind }) => kind === 'Kustomization')) return;
    const clusters = ofStrimzi(known, 'Kafka');
    if (clusters.length === 0 || clusters.some(({ open, name }) => open || !/^[\w.-]+$/.test(name)))
      return;
    const names = new Set(clusters.map(({ name }) => name));
    for (const one of ofStrimzi(known, ...kinds)) {
      if (one.open) continue;
      const label = one.fields.get(clusterLabel);
      const name = textIn(one, clusterLabel);
      if (label ? name === undefined || names.has(name) : !hasLabelledSiblings(one.kind, known))
        continue;
      yield {
        at: label?.at ?? one.at,
        says: label
          ? `There is no Kafka named ${name}, only ${[...names].join(', ')}.`
          : `${one.kind} ${one.name} has no label strimzi.io/cluster.`,
        next: `Name its cluster in the label strimzi.io/cluster${names.size === 1 ? `: ${[...names][0]}` : ''}.`,
      };
    }
  },
};

/** Where none has the label, something else puts it in. */
const hasLabelledSiblings = (kind: string, known: Parameters<Rule['check']>[0]): boolean =>
  ofStrimzi(known, kind).some(({ fields }) => fields.has(clusterLabel));
