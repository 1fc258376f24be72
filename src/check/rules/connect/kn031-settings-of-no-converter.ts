import { calledConnector, connectorsOf } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { settingOf } from '../../settings.ts';

export const settingsOfNoConverter: Rule = {
  code: 'KN031',
  title: 'Settings of a converter that is not set here',
  severity: 'error',
  confidence: 'high',
  story:
    'The connector takes the converter of the worker, with the settings of the worker; these are not read. Records have a schema that was to be left out, or the task fails at the first one.',
  source: 'Plugins.newConverter: a connector has its own converter, or none of its settings count',
  noFix: 'which converter the worker has, this file does not tell',
  *check(known) {
    for (const connector of connectorsOf(known))
      for (const converter of ['key.converter', 'value.converter']) {
        if (connector.open || settingOf(connector, converter)) continue;
        const setting = connector.settings.find(
          ({ key }) => key.startsWith(`${converter}.`) && key !== `${converter}.plugin.version`,
        );
        if (!setting) continue;
        yield {
          at: setting.keyAt,
          says: `${setting.key} is not read: ${calledConnector(connector)} has no ${converter} of its own.`,
          next: `Set ${converter} beside it.`,
        };
      }
  },
};
