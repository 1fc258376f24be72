import type { Rule } from '../../rule.ts';

export const unsecuredTokens: Rule = {
  code: 'KX009',
  title: 'Tokens that anybody can write',
  severity: 'error',
  confidence: 'high',
  production: true,
  guards: ['security'],
  story:
    'A client says who it is, in a token that nobody signed, and the broker believes it: whoever reaches the port is the administrator.',
  source: 'OAuthBearerUnsecuredLoginCallbackHandler; KIP-255: not for production',
  noFix: 'an issuer of tokens must be there first',
  *check({ landscape }) {
    for (const { settings } of landscape.configurations)
      for (const { key, value, valueAt } of settings)
        if (
          key.endsWith('sasl.jaas.config') &&
          'known' in value &&
          /OAuthBearerLoginModule/.test(value.known) &&
          /\bunsecured(Login|Validator)\w+\s*=/.test(value.known)
        )
          yield {
            at: valueAt,
            says: 'OAUTHBEARER is set up with unsecured tokens, which are made here and not signed.',
            next: 'Take sasl.oauthbearer.token.endpoint.url and the secured handlers (KIP-768).',
          };
  },
};
