import { listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf } from '../../settings.ts';

/** A machine: an address, or a name with a number of its own. Names of services stand for many. */
const machine = /^(\d{1,3}(\.\d{1,3}){3}|(kafka|broker|node|k)[a-z]*-?\d+(\.[\w-]+)+)$/i;

export const oneBootstrapServer: Rule = {
  code: 'KL002',
  title: 'All clients start from one broker',
  severity: 'warning',
  confidence: 'medium',
  production: true,
  guards: ['bootstrap'],
  story:
    'The one broker in the list is away, and every client that starts in this time fails, though the cluster is well.',
  source: 'CommonClientConfigs.BOOTSTRAP_SERVERS_DOC (more than one, in case one is down)',
  noFix: 'the names of the others are not in the file',
  *check(known) {
    for (const configuration of ofKind(known, 'producer', 'consumer', 'admin', 'streams')) {
      const setting = settingOf(configuration, 'bootstrap.servers');
      if (!setting || !('known' in setting.value) || setting.value.from) continue;
      const servers = setting.value.known.split(',').map((one) => one.trim());
      const [server = ''] = servers;
      const host = listenersOf(`X://${server}`)?.[0]?.host ?? '';
      if (servers.length > 1 || !machine.test(host) || host.startsWith('127.')) continue;
      yield {
        at: setting.valueAt,
        says: `bootstrap.servers has ${server} alone.`,
        next: 'Name two or three brokers, or one name that stands for all of them.',
      };
    }
  },
};
