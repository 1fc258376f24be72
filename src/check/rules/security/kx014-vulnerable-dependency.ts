import { advisories } from '../../../catalog/client-dependencies.ts';
import { isBefore } from '../../../catalog/version-order.ts';
import type { Rule } from '../../rule.ts';

export const vulnerableDependency: Rule = {
  code: 'KX014',
  title: 'A client with a known vulnerability',
  severity: 'warning',
  confidence: 'high',
  story:
    'What others can do with it is public. For records in flight that may mean the wrong topic; for a listener, a record that stops its partition for good.',
  source: 'The advisory is in the message',
  noFix: 'an upgrade needs a look at what else has changed',
  *check({ landscape }) {
    for (const { name, version, at, development } of landscape.dependencies) {
      if (development || !version || !('known' in version)) continue;
      const exact = /^\d+(\.\d+)+(?=$|\.RELEASE$|\.Final$)/.exec(version.known)?.[0];
      if (exact === undefined) continue;
      const found = advisories.find(
        (one) =>
          one.name === name &&
          one.affected.some(
            ({ from, before }) => !isBefore(exact, from) && isBefore(exact, before),
          ),
      );
      if (found)
        yield {
          at,
          says: `${name} ${version.known}${version.from ? ` (${version.from})` : ''} has ${found.id}: ${found.what}.`,
          next: `Fixed in ${found.fixed.join(', ')}. ${found.source}`,
        };
    }
  },
};
