import type { Rule } from '../../rule.ts';
import { settingOf, textOf } from '../../settings.ts';

/** Keys that say whether a server's certificate is looked at, and the values with which it is not. */
const switches: Readonly<Record<string, readonly string[]>> = {
  'ssl.endpoint.identification.algorithm': ['', 'none'],
  'enable.ssl.certificate.verification': ['false'],
  ssl_check_hostname: ['false'],
  'ssl.check.hostname': ['false'],
};

export const nameNotVerified: Rule = {
  code: 'KX004',
  title: 'Any certificate will do',
  severity: 'error',
  confidence: 'high',
  production: true,
  guards: ['security'],
  story:
    'Somebody on the way answers for the broker, with any certificate of the same authority. The connection is encrypted, to the wrong one, and the password goes there first.',
  source: "Kafka's documentation, Security, Host Name Verification",
  *check({ landscape }) {
    for (const configuration of landscape.configurations) {
      const protocol = textOf(settingOf(configuration, 'security.protocol'));
      if (protocol !== undefined && !/SSL$/i.test(protocol)) continue;
      for (const setting of configuration.settings) {
        const { key, keyAt, valueAt, written = key } = setting;
        // YAML wants a blank after the colon, where nothing stands to be replaced.
        const isBare = valueAt.column === valueAt.endColumn && !keyAt.file.endsWith('.properties');
        const off =
          switches[key.replace(/^((producer|consumer|admin)\.|listener\.name\..*\.)(?=ssl)/, '')];
        const text = textOf(setting)?.toLowerCase();
        if (text === undefined || !off?.includes(text)) continue;
        yield {
          at: valueAt,
          says: `${written} is ${text === '' ? 'empty' : text}: the name in the certificate is not compared.`,
          next: 'Leave it out, and give brokers certificates with the names that clients use.',
          ...(key.endsWith('algorithm') &&
            !isBare && {
              fix: {
                safe: false,
                says: 'Compare the name',
                edits: [{ at: valueAt, text: 'https' }],
              },
            }),
        };
      }
    }
  },
};
