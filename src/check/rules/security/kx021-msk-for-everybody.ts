import type { Rule } from '../../rule.ts';

export const mskForEverybody: Rule = {
  code: 'KX021',
  title: 'An MSK cluster that asks nobody who they are',
  severity: 'warning',
  confidence: 'high',
  guards: ['security'],
  story:
    'Everything in the network may read and write every topic, and delete it. After the incident the logs name no client, only addresses.',
  source: 'Terraform, aws_msk_cluster: client_authentication.unauthenticated',
  noFix: 'clients need another way in first',
  *check({ landscape, environmentOf }) {
    for (const { kind, fields, name, at } of landscape.resources) {
      if (kind !== 'aws_msk_cluster') continue;
      const place = fields.get('client_authentication.unauthenticated');
      const { is, why } = environmentOf(at.file);
      const isOn = place && 'known' in place.value && place.value.known === 'true';
      if (!place || !isOn || (is === 'development' && why === 'path')) continue;
      yield {
        at: place.at,
        says: `unauthenticated is true: ${name} takes clients without a name.`,
        next: 'sasl with iam or scram, or tls; then unauthenticated = false.',
      };
    }
  },
};
