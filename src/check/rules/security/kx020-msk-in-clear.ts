import type { Rule } from '../../rule.ts';

const path = 'encryption_info.encryption_in_transit.client_broker';

export const mskInClear: Rule = {
  code: 'KX020',
  title: 'An MSK cluster that talks in the clear',
  severity: 'warning',
  confidence: 'high',
  guards: ['security'],
  story:
    'A machine in the same network is taken over, and listens: records and passwords go by unencrypted, and nobody is told.',
  source: 'Terraform, aws_msk_cluster: client_broker is TLS by default; it can be changed later',
  *check({ landscape, environmentOf }) {
    for (const { kind, fields, name, at } of landscape.resources) {
      const place = kind === 'aws_msk_cluster' ? fields.get(path) : undefined;
      const text = place && 'known' in place.value ? place.value.known : undefined;
      const { is, why } = environmentOf(at.file);
      // Examples show all that there is.
      if (!place || text !== 'PLAINTEXT' || (is === 'development' && why === 'path')) continue;
      yield {
        at: place.at,
        says: `client_broker is PLAINTEXT: clients of ${name} can not encrypt at all.`,
        next: 'TLS, or TLS_PLAINTEXT while clients move.',
        fix: {
          safe: false,
          says: 'Let clients use both',
          edits: [{ at: place.at, text: '"TLS_PLAINTEXT"' }],
        },
      };
    }
  },
};
