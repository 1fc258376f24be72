import type { Rule } from '../../rule.ts';

export const privateKeyInFile: Rule = {
  code: 'KX011',
  title: 'A private key in the repository',
  severity: 'error',
  confidence: 'high',
  production: true,
  guards: ['security'],
  story:
    'Whoever has a clone is the broker, or the client, that this key belongs to; until the certificate runs out, and no log shows a difference.',
  source: "Kafka's documentation, Security, Encryption and Authentication using SSL",
  noFix: 'the key must be replaced, and its certificate revoked',
  *check({ landscape }) {
    for (const { at } of landscape.privateKeys)
      yield {
        at,
        says: 'This is a private key, in clear.',
        next: 'Make a new one where it is used, keep it in a Secret, and remove this from the history too.',
      };
  },
};
