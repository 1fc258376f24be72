import type { Rule } from '../../rule.ts';
import { ofKind, settingOf } from '../../settings.ts';

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
    for (const configuration of ofKind(known, 'producer', 'consumer', 'admin', 'streams')) {
      const setting = settingOf(configuration, 'bootstrap.servers');
      if (!configuration.code || !setting || !('known' in setting.value)) continue;
      const { known: servers, from } = setting.value;
      // The default of a variable is there for whoever has none.
      if (from !== undefined || !/:\d+/.test(servers)) continue;
      yield {
        at: setting.valueAt,
        says: `bootstrap.servers is ${servers}, in the program itself.`,
        next: 'Take it from the environment or a configuration file.',
      };
    }
  },
};
