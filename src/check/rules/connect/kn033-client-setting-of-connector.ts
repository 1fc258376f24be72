import type { Kind } from '../../../catalog/kafka-keys/key.ts';
import { calledConnector, connectorsOf } from '../../connect.ts';
import { fixOf, renaming } from '../../edits.ts';
import type { Rule } from '../../rule.ts';

const clients: readonly Kind[] = ['producer', 'consumer', 'admin'];

export const clientSettingOfConnector: Rule = {
  code: 'KN033',
  title: 'A client setting that the connector does not pass on',
  severity: 'warning',
  confidence: 'medium',
  story:
    'Records are too large, the limit is raised in the connector, and the task fails as before: only what begins with producer.override. or consumer.override. goes to its clients.',
  source: 'ConnectorConfig.CONNECTOR_CLIENT_PRODUCER_OVERRIDES_PREFIX; KIP-458',
  *check(known) {
    for (const connector of connectorsOf(known))
      for (const setting of connector.settings) {
        const [, client = '', key = ''] =
          /^(producer|consumer|admin)\.(.+)$/.exec(setting.key) ?? [];
        const kind = clients.find((one) => one === client);
        if (!kind || key.startsWith('override.') || !known.keys(kind).has(key)) continue;
        const name = `${client}.override.${key}`;
        yield {
          at: setting.keyAt,
          says: `${setting.key} of ${calledConnector(connector)} is not read: it is a setting of workers.`,
          next: name,
          ...fixOf(false, `Rename it to ${name}`, renaming(connector, setting, name)),
        };
      }
  },
};
