import type { Configuration } from '../../../landscape/facts/configuration.ts';
import { calledConnector, classOf, isDebezium, sharing } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const sharedSlot: Rule = {
  code: 'KN020',
  title: 'Two connectors read one replication slot',
  severity: 'error',
  confidence: 'medium',
  across: true,
  story:
    'The second connector fails: the slot is active. When the first is restarted the second takes it, and each of them misses what the other has read.',
  source: 'PostgresConnectorConfig.SLOT_NAME (its default is debezium); pg_replication_slots',
  noFix: 'the slot of a running connector has its place in the log',
  *check(known) {
    const connectors = ofKind(known, 'connect-source').filter(
      (one) => isDebezium(one) && classOf(one) === 'PostgresConnector',
    );
    for (const [connector, other] of sharing(known, connectors, slotOf)) {
      const setting = settingOf(connector, 'slot.name');
      yield {
        at: setting?.valueAt ?? connector.at,
        says: `slot.name is ${setting ? textOf(setting) : 'debezium, its default'}, as that of ${calledConnector(other)} for the same server.`,
        next: 'A slot.name for each connector.',
        also: [
          { at: settingOf(other, 'slot.name')?.valueAt ?? other.at, says: calledConnector(other) },
        ],
      };
    }
  },
};

/** Slots are those of a whole server. */
function slotOf(connector: Configuration): string | undefined {
  const setting = settingOf(connector, 'slot.name');
  const [host, port, slot] = [
    textOf(settingOf(connector, 'database.hostname')),
    textOf(settingOf(connector, 'database.port')) ?? '5432',
    setting ? textOf(setting) : connector.open ? undefined : 'debezium',
  ];
  return host === undefined || slot === undefined ? undefined : `${host}:${port} ${slot}`;
}
