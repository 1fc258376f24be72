import type { Rule } from '../../rule.ts';
import { isFalse, settingOf, textOf } from '../../settings.ts';

const algorithm = /(^|\.)ssl\.endpoint\.identification\.algorithm$/;

export const hostNameNotVerified: Rule = {
  code: 'KX004',
  title: 'Any certificate is taken for the broker’s',
  severity: 'error',
  confidence: 'high',
  guards: ['security'],
  story:
    'Whoever can answer in the network for a broker, with a certificate of the same authority, gets the passwords and all records; and nobody sees it, since the connection is encrypted.',
  source: "Kafka's documentation, Security, Host Name Verification",
  noFix: 'certificates must carry the names of the brokers first',
  *check({ landscape }) {
    for (const configuration of landscape.configurations) {
      const { library = 'java', settings } = configuration;
      const protocol = textOf(settingOf(configuration, 'security.protocol'));
      if (protocol !== undefined && !/ssl$/i.test(protocol)) continue;
      for (const setting of settings) {
        const text = textOf(setting);
        const isOff =
          algorithm.test(setting.key) && (library === 'librdkafka' ? text === 'none' : text === '');
        const isUnchecked =
          library === 'librdkafka' &&
          setting.key === 'enable.ssl.certificate.verification' &&
          isFalse(text);
        if (isOff || isUnchecked)
          yield {
            at: isOff && text === '' ? setting.keyAt : setting.valueAt,
            says: isUnchecked
              ? `${setting.key} is false: certificates are not checked at all.`
              : `${setting.key} is ${text === '' ? 'empty' : text}: names in certificates are not checked.`,
            next: "Leave it out, which means https, and give certificates the brokers' names.",
          };
      }
    }
  },
};
