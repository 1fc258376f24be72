import type { Rule } from '../../rule.ts';
import { ofKind } from '../../settings.ts';

export const loginOfNoMechanism: Rule = {
  code: 'KX019',
  title: 'A login that the broker does not read',
  severity: 'warning',
  confidence: 'high',
  guards: ['security'],
  story:
    'The users are in the file, and none of them can log in: on a broker the login belongs to a listener and a mechanism, and one without them is passed over with a line in the log.',
  source: 'JaasContext.loadServerContext (should be prefixed with SASL mechanism name)',
  noFix: 'Which listener and mechanism are meant is not in the key.',
  *check(known) {
    for (const node of ofKind(known, 'broker'))
      for (const { key, written = key, keyAt } of node.settings)
        if (/^(listener\.name\.[^.]+\.)?sasl\.jaas\.config$/.test(key))
          yield {
            at: keyAt,
            says: `${written} names no mechanism, and is not read.`,
            next: 'listener.name.<listener>.<mechanism>.sasl.jaas.config, in small letters.',
          };
  },
};
