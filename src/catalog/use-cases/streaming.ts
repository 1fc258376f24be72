import type { UseCase } from './use-case.ts';

export const streaming: UseCase = {
  id: 'streaming',
  title: 'Event streaming, real-time analytics',
  summary: 'Page views in, the most visited pages of each minute out.',
  domain: 'page-views',
  topic: {
    name: 'web.page-views.v1',
    key: 'visitorId',
    keyReason: 'the views of one visitor stay in the order in which they happened',
    retentionDays: 7,
    cleanupPolicy: 'delete',
    contents: 'every page view of the web site',
  },
  producer: { name: 'page-tracker', does: 'accepts page views from the web site' },
  consumer: {
    name: 'page-analytics',
    does: 'counts views per page and minute',
    view: '/views/top-pages',
  },
  load: { eventsPerSecond: 2_000, bytesPerEvent: 600, peakFactor: 3, consumers: 6 },
};
