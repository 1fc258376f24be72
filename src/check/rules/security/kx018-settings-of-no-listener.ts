import { controllerNames, interBrokerName, listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, ofKind } from '../../settings.ts';

const prefix = 'listener.name.';

export const settingsOfNoListener: Rule = {
  code: 'KX018',
  title: 'Settings of a listener that does not exist',
  severity: 'error',
  confidence: 'high',
  guards: ['security'],
  story:
    'The keystore, the mechanism, the limit stand there, for a name that no listener has; the listener that was meant goes on with what all have, or does not start.',
  source: 'ListenerName.configPrefix (in small letters); KafkaConfig.valuesWithPrefixOverride',
  noFix: 'Which listener was meant is not in the file.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const listeners = listenersOf(effectiveText(known, node, 'listeners') ?? '');
      if (!listeners) continue;
      const names = [
        ...listeners.map(({ name }) => name),
        ...controllerNames(known, node),
        interBrokerName(known, node) ?? '',
      ].map((name) => name.toLowerCase());
      const said = new Set<string>();
      for (const { key, written = key, keyAt } of node.settings) {
        if (!key.startsWith(prefix)) continue;
        const rest = key.slice(prefix.length);
        const found = rest.split('.')[0] ?? '';
        if (names.some((name) => rest.startsWith(`${name}.`)) || said.has(found)) continue;
        said.add(found);
        yield {
          at: keyAt,
          says: `${written} is of no listener: there are ${[...new Set(names)].join(', ')}.`,
          next:
            written === key
              ? 'Write the name of the listener in small letters.'
              : 'Write the name of the listener, with two underscores for one in it.',
        };
      }
    }
  },
};
