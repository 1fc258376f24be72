import type { Setting } from '../../../landscape/facts/configuration.ts';
import type { Known, Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const serversInCode: Rule = {
  code: 'KL001',
  title: 'The addresses of brokers are written into the program',
  severity: 'warning',
  confidence: 'medium',
  guards: ['bootstrap'],
  story:
    'The cluster moves, or a test is to run against another one: the program has to be changed, built and released before it finds its brokers. Or it does find them, and the test wrote into production.',
  source: 'CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG; The Twelve-Factor App, III. Config',
  noFix: 'how this program gets its settings is not known',
  *check(known) {
    const files = Map.groupBy(written(known), ({ valueAt }) => valueAt.file);
    for (const [first, ...others] of files.values()) {
      if (!first) continue;
      yield {
        at: first.valueAt,
        says: `bootstrap.servers is ${textOf(first)}, in the program itself.`,
        next: 'Take it from the environment or a configuration file.',
        also: others.map(({ valueAt }) => ({ at: valueAt, says: 'Here too.' })),
      };
    }
  },
};

function written(known: Known): Setting[] {
  const clients = ofKind(known, 'producer', 'consumer', 'admin', 'streams');
  const found = clients.flatMap((configuration) => {
    const setting = settingOf(configuration, 'bootstrap.servers');
    if (!configuration.code || !setting || !('known' in setting.value)) return [];
    // The default of a variable is there for whoever has none.
    return setting.value.from === undefined && /:\d/.test(setting.value.known) ? [setting] : [];
  });
  // Of a connection's settings each of its clients has the same.
  const places = new Map(found.map((one) => [JSON.stringify(one.valueAt), one]));
  return [...places.values()];
}
