import { oldestClients } from '../../../catalog/client-dependencies.ts';
import { isBefore } from '../../../catalog/version-order.ts';
import type { Rule } from '../../rule.ts';

export const oldProtocol: Rule = {
  code: 'KL005',
  title: 'A client that Kafka 4 does not talk to',
  severity: 'error',
  confidence: 'high',
  story:
    'The last broker is upgraded to 4.0, and the client gets UNSUPPORTED_VERSION for everything it asks. It did work with 3.9, in a mixed cluster too.',
  source: "KIP-896; Kafka's compatibility page",
  noFix: 'an upgrade over years needs a look at the code',
  *check({ landscape, release }) {
    if (release === '3.9') return;
    for (const { from, name, version, at } of landscape.dependencies) {
      const oldest = oldestClients.find((one) => one.from === from && one.name === name);
      if (!oldest || !version || !('known' in version)) continue;
      // A range may stand for a newer one.
      const exact = /^(?:==|v)?\s*(\d+(?:\.\d+)+)/.exec(version.known)?.[1];
      if (exact !== undefined && isBefore(exact, oldest.version))
        yield {
          at,
          says: `${name} is ${exact}; Kafka ${release} answers ${oldest.version} and later.`,
          next: `Upgrade it to ${oldest.version} at least, before the brokers.`,
        };
    }
  },
};
