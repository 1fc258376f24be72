import type { Rule } from '../../rule.ts';
import { itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const dataInTmp: Rule = {
  code: 'KB010',
  title: 'Records are kept where the system cleans up',
  severity: 'warning',
  confidence: 'high',
  story:
    'The machine is restarted, /tmp is emptied, and with it all partitions of this broker; with one broker, all records there are.',
  source: "ServerLogConfigs.LOG_DIR_DEFAULT; systemd's tmpfiles.d(5)",
  noFix: 'Which disk is free only the machine knows.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      // Nothing cleans up in a container.
      if (configuration.workload) continue;
      const setting = settingOf(configuration, 'log.dirs') ?? settingOf(configuration, 'log.dir');
      const folder = itemsOf(textOf(setting)).find((one) => /^\/(var\/)?tmp(\/|$)/.test(one));
      if (setting && folder)
        yield {
          at: setting.valueAt,
          says: `${setting.key} is below ${folder.startsWith('/var') ? '/var/tmp' : '/tmp'}.`,
          next: 'Choose a folder on a disk of its own, such as /var/lib/kafka.',
        };
    }
  },
};
