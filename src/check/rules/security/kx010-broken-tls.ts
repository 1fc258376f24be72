import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { itemsOf, textOf } from '../../settings.ts';

const broken = /^(SSLv[23]|TLSv1(\.1)?)$/;

export const brokenTls: Rule = {
  code: 'KX010',
  title: 'TLS in a version that is broken',
  severity: 'warning',
  confidence: 'high',
  guards: ['security'],
  story:
    'The audit comes, and the port still takes what was given up in 2021; or Java was updated, no longer has it, and the last old client can not connect at night.',
  source: 'SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG (TLSv1.2,TLSv1.3); RFC 8996',
  *check({ landscape }) {
    for (const { settings } of landscape.configurations)
      for (const setting of settings) {
        if (!/(^|\.)ssl\.(enabled\.protocols|protocol)$/.test(setting.key)) continue;
        const items = itemsOf(textOf(setting));
        const old = items.filter((one) => broken.test(one));
        const left = items.filter((one) => !broken.test(one)).join(',') || 'TLSv1.3';
        if (old.length > 0)
          yield {
            at: setting.valueAt,
            says: `${setting.written ?? setting.key} has ${old.join(', ')}.`,
            next: `Leave it out, or take ${left}.`,
            ...fixOf(false, `Leave out ${old.join(', ')}`, valueEdit(setting, left)),
          };
      }
  },
};
