import type { Rule } from '../../rule.ts';

const path = 'encryption_info.encryption_in_transit.in_cluster';

export const mskBrokersInClear: Rule = {
  code: 'KX024',
  title: 'Brokers of an MSK cluster that talk in the clear',
  severity: 'warning',
  confidence: 'high',
  guards: ['security'],
  story:
    'The audit asks whether records are encrypted on their way, and they are, up to the first broker; from there to the others they go as they are, and it can only be changed by a new cluster.',
  source:
    'AWS::MSK::Cluster EncryptionInTransit: InCluster is true by default; a change is a replacement',
  noFix: 'a cluster is made anew for it',
  *check({ landscape, environmentOf }) {
    for (const { kind, fields, name, at } of landscape.resources) {
      const place = kind === 'aws_msk_cluster' ? fields.get(path) : undefined;
      const isOff = place && 'known' in place.value && place.value.known === 'false';
      const { is, why } = environmentOf(at.file);
      // Examples show all that there is.
      if (!place || !isOff || (is === 'development' && why === 'path')) continue;
      yield {
        at: place.at,
        says: `in_cluster is false: brokers of ${name} do not encrypt what they copy.`,
        next: 'Leave it out.',
      };
    }
  },
};
