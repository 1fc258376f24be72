import type { UseCase } from './use-case.ts';

export const logs: UseCase = {
  id: 'logs',
  title: 'Log aggregation, audit trail',
  summary: 'Who did what to which resource, kept in order and searchable.',
  domain: 'audit',
  topic: {
    name: 'audit.entries.v1',
    key: 'actor',
    keyReason: 'what one actor did reads in the order in which it was done',
    retentionDays: 30,
    cleanupPolicy: 'delete',
    contents: 'every audited action',
  },
  producer: { name: 'audit-intake', does: 'accepts audit entries from all services' },
  consumer: {
    name: 'audit-search',
    does: 'makes audit entries searchable',
    view: '/views/entries',
  },
  load: { eventsPerSecond: 500, bytesPerEvent: 800, peakFactor: 2, consumers: 6 },
};
