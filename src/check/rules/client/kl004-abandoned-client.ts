import { abandonedClients } from '../../../catalog/client-dependencies.ts';
import type { Rule } from '../../rule.ts';

export const abandonedClient: Rule = {
  code: 'KL004',
  title: 'A Kafka client that nobody maintains',
  severity: 'warning',
  confidence: 'high',
  story:
    'Brokers are upgraded, and the client’s protocol is gone or its next bug is yours: nobody is there to mend it, and to change a client takes weeks, not one night.',
  source: 'The repository of each client; KIP-896',
  noFix: 'another client needs other code',
  *check({ landscape }) {
    for (const { from, name, at, development } of landscape.dependencies) {
      const known = abandonedClients.find((one) => one.from === from && one.name === name);
      if (known && !development)
        yield { at, says: `${name} ${known.why}.`, next: `${known.now} is maintained.` };
    }
  },
};
