import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { effective, ofKind, settingOf, textOf } from '../../settings.ts';

const standard = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer';

export const removedAuthorizer: Rule = {
  code: 'KB038',
  title: 'An authorizer that keeps its rules in ZooKeeper',
  severity: 'error',
  confidence: 'high',
  guards: ['kraft-only'],
  story:
    'The broker ends at start: the class is gone, and without ZooKeeper it had nowhere to look.',
  source: "Kafka's upgrade notes for 4.0; kafka.security.authorizer.AclAuthorizer",
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const setting = settingOf(configuration, 'authorizer.class.name');
      if (!setting || textOf(setting) !== 'kafka.security.authorizer.AclAuthorizer') continue;
      // A cluster that has ZooKeeper itself is KD003's and KG002's to tell of.
      if (settingOf(configuration, 'zookeeper.connect')) continue;
      const release = configuration.release ?? known.release;
      if (release === '3.9' && !effective(known, configuration, 'process.roles')?.text) continue;
      yield {
        at: setting.valueAt,
        says: 'authorizer.class.name is AclAuthorizer, which needs ZooKeeper.',
        next: `Set ${standard}.`,
        ...fixOf(false, `Take StandardAuthorizer`, valueEdit(setting, standard)),
      };
    }
  },
};
