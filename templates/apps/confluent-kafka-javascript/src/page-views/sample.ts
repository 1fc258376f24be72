import type { Scenario } from '../generating/scenario.ts';
import type { PageViewed } from './events.ts';

const pages = [
  '/',
  '/pricing',
  '/docs/getting-started',
  '/blog/kafka-without-zookeeper',
  '/docs/configuration',
  '/product/streams',
  '/login',
  '/docs/security',
  '/blog/choosing-a-partition-key',
  '/customers',
  '/about',
  '/careers',
];
const referrers = [
  null,
  'https://www.google.com/',
  'https://news.ycombinator.com/',
  'https://duckduckgo.com/',
  'https://www.linkedin.com/feed/',
  'https://github.com/',
];
const countries = ['US', 'DE', 'IN', 'GB', 'BR', 'FR', 'JP', 'PL', 'NL', 'SE'];

/** Visitors come back: a few of them make most of the views. */
export function* sample(scenario: Scenario): Iterable<PageViewed> {
  const visitors = Array.from({ length: 400 }, () => ({
    visitorId: scenario.code('visitor', 8),
    country: scenario.pickSkewed(countries),
  }));
  for (;;) {
    const { visitorId, country } = scenario.pickSkewed(visitors);
    yield {
      ...scenario.event('PageViewed'),
      visitorId,
      page: scenario.pickSkewed(pages),
      referrer: scenario.pickSkewed(referrers),
      country,
      durationMs: scenario.between(400, 4_000) * scenario.between(1, 20),
    };
  }
}
