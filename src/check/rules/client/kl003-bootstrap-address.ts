import type { Rule } from '../../rule.ts';
import { itemsOf, ofJava, settingOf, textOf } from '../../settings.ts';

/** Utils.HOST_PORT_PATTERN. */
const address = /^(?:[0-9a-zA-Z\-%._]*:\/\/)?\[?([0-9a-zA-Z\-%._:]*)\]?:([0-9]+)$/;

/** Words in the place of an address: `<your-broker>`, `BOOTSTRAP_SERVERS`. */
const standIn = /[<>{}$%]|^[A-Z][A-Z_-]+$/;

export const bootstrapAddress: Rule = {
  code: 'KL003',
  title: 'An address that no client can parse',
  severity: 'error',
  confidence: 'high',
  story: 'The client does not start: a server is a host and a port, with commas between servers.',
  source: 'ClientUtils.parseAndValidateAddresses',
  noFix: 'which port is meant is not in the file',
  *check(known) {
    for (const configuration of ofJava(known, 'producer', 'consumer', 'admin', 'streams')) {
      const setting = settingOf(configuration, 'bootstrap.servers');
      const wrong = itemsOf(textOf(setting)).find(
        (one) => !standIn.test(one) && !address.test(one),
      );
      if (!setting || wrong === undefined) continue;
      yield {
        at: setting.valueAt,
        says: /\s/.test(wrong)
          ? `bootstrap.servers has "${wrong}", with a blank where a comma belongs.`
          : `bootstrap.servers has "${wrong}", which is no host:port.`,
        next: 'host:port,host:port',
      };
    }
  },
};
