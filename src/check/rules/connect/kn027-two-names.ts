import { connectorsOf } from '../../connect.ts';
import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { settingOf, textOf } from '../../settings.ts';

export const twoNames: Rule = {
  code: 'KN027',
  title: 'A connector with two names',
  severity: 'error',
  confidence: 'high',
  story:
    'Connect answers 400, "Connector name configuration doesn\'t match connector name in the URL", and the deployment goes on without the connector.',
  source: 'ConnectorsResource.checkAndPutConnectorConfigName',
  *check(known) {
    for (const connector of connectorsOf(known)) {
      const setting = settingOf(connector, 'name');
      const own = textOf(setting);
      const outer = connector.name;
      // Strimzi takes the name of the resource.
      if (!setting || own === undefined || !outer || connector.cluster || own === outer) continue;
      if (/[<>{}$%]/.test(outer)) continue;
      yield {
        at: setting.valueAt,
        says: `It is ${outer} outside, and name in its config is ${own}.`,
        next: 'One name; in the config it may be left out.',
        ...fixOf(false, `Set name to ${outer}`, valueEdit(setting, outer)),
      };
    }
  },
};
