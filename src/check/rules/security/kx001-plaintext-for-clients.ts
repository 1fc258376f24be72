import { brokersOf, clustersAndLoners } from '../../clusters.ts';
import { interBrokerName, isLocal, servedBy } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { settingOf } from '../../settings.ts';

export const plaintextForClients: Rule = {
  code: 'KX001',
  title: 'Clients talk in the clear, and nobody asks who they are',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  guards: ['security'],
  story:
    'A machine in the same network is taken over, and reads every topic, and writes to every one; the log of the broker has an address, and no name.',
  source: "Kafka's documentation, Security, Listener Configuration (PLAINTEXT)",
  noFix: 'Clients need certificates or passwords first.',
  *check(known) {
    for (const cluster of clustersAndLoners(known))
      for (const node of brokersOf(known, cluster)) {
        const served = servedBy(known, node) ?? [];
        const between = interBrokerName(known, node);
        const plain = served.find(
          ({ name, protocol, host }) =>
            protocol === 'PLAINTEXT' &&
            !isLocal(host) &&
            !(name === between && served.some((one) => one.name !== name)),
        );
        const setting = settingOf(node, 'listeners') ?? settingOf(node, 'advertised.listeners');
        if (!plain || !setting) continue;
        yield {
          at: setting.valueAt,
          says: `${plain.name} at port ${plain.port} is PLAINTEXT.`,
          next: 'SASL_SSL, or SSL with ssl.client.auth=required.',
        };
        break;
      }
  },
};
