import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeEvent } from '../../src/events.ts';
import type { PageViewed } from '../../src/page-views/events.ts';
import { domain } from '../../src/page-views/index.ts';
import { ask, consume } from '../support/apply.ts';
import { eventId } from '../support/notes.ts';
import { sqliteStore } from '../support/stores.ts';

const path = '/views/top-pages';

function viewed(number: number, page: string, time: string): PageViewed {
  return {
    eventId: eventId(number),
    eventType: 'PageViewed',
    occurredAt: `2026-01-05T${time}Z`,
    visitorId: 'visitor-1',
    page,
    referrer: null,
    country: 'DE',
    durationMs: 1200,
  };
}

const views = [
  viewed(1, '/', '08:00:59.999'),
  viewed(2, '/', '08:01:00.000'),
  viewed(3, '/pricing', '08:01:30.000'),
  viewed(4, '/pricing', '08:01:59.999'),
  viewed(5, '/about', '08:01:10.000'),
];

test('pages are ranked within the newest minute', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, views);
  assert.equal(
    JSON.stringify(await ask(store, domain, path, { limit: '2' })),
    JSON.stringify({
      window: '2026-01-05T08:01Z',
      pages: [
        { page: '/pricing', views: 2 },
        { page: '/', views: 1 },
      ],
    }),
  );
});

test('a late view counts in the minute when it happened', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, views);
  await consume(store, domain, [viewed(6, '/', '08:00:10.000')]);
  assert.equal(
    JSON.stringify(await ask(store, domain, path, { window: '2026-01-05T08:00' })),
    JSON.stringify({ window: '2026-01-05T08:00Z', pages: [{ page: '/', views: 2 }] }),
  );
});

test('a minute without views is empty', async (context) => {
  const store = await sqliteStore(context, domain);
  assert.deepEqual(await ask(store, domain, path), { window: null, pages: [] });
});

for (const [name, change] of Object.entries({
  'a page without a leading slash': { page: 'pricing' },
  'a negative duration': { durationMs: -1 },
  'a country that is spelled out': { country: 'Germany' },
  'a visitor without an id': { visitorId: '' },
})) {
  test(`${name} is not valid`, () => {
    const event = { ...viewed(1, '/', '08:00:00.000'), ...change };
    const decoded = decodeEvent(Buffer.from(JSON.stringify(event)), domain);
    assert.equal(decoded.kind, 'rejected');
  });
}

const visits = [
  ['/', 0, 'home', 'glance'],
  ['/docs/getting-started', 4999, 'docs', 'glance'],
  ['/docs/', 5000, 'docs', 'visit'],
  ['/pricing', 29_999, 'pricing', 'visit'],
  ['/pricing', 30_000, 'pricing', 'read'],
] as const;
for (const [page, durationMs, section, attention] of visits) {
  test(`${page} for ${durationMs} ms is a ${attention} of ${section}`, () => {
    assert.deepEqual(domain.derive({ ...viewed(1, page, '08:00:00.000'), durationMs }), {
      eventId: eventId(1),
      eventType: 'VisitMeasured',
      occurredAt: '2026-01-05T08:00:00.000Z',
      visitorId: 'visitor-1',
      page,
      section,
      attention,
    });
  });
}
