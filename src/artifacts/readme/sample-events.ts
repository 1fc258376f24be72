import type { UseCaseId } from '../../catalog/choices.ts';

/** One event to send by hand, the question whose answer shows it, and that answer. */
export type SampleEvent = {
  readonly event: Readonly<Record<string, unknown>>;
  /** Path and query on the consumer. */
  readonly view: string;
  readonly answer: unknown;
};

/** As docs/application-contract.md defines them; tested against the domains of a kit. */
export const sampleEvents: Readonly<Record<UseCaseId, SampleEvent>> = {
  streaming: {
    event: {
      eventId: '0b0c6a5e-3f0e-4b7e-9d3c-6f1f2f0c8a11',
      eventType: 'PageViewed',
      occurredAt: '2026-01-05T08:00:12.345Z',
      visitorId: 'visitor-1',
      page: '/pricing',
      referrer: null,
      country: 'DE',
      durationMs: 5400,
    },
    view: '/views/top-pages?window=2026-01-05T08:00Z',
    answer: { window: '2026-01-05T08:00Z', pages: [{ page: '/pricing', views: 1 }] },
  },
  microservices: {
    event: {
      eventId: '3f6a4c1d-84ab-4d8c-8d5b-1b7f3e0f9c22',
      eventType: 'OrderPlaced',
      occurredAt: '2026-01-05T08:00:12.345Z',
      orderId: 'order-1',
      customerId: 'customer-1',
      currency: 'EUR',
      totalCents: 3990,
      lines: [{ sku: 'beans-1kg', quantity: 2, unitPriceCents: 1995 }],
    },
    view: '/views/orders/order-1',
    answer: {
      orderId: 'order-1',
      status: 'placed',
      totalCents: 3990,
      history: [{ eventType: 'OrderPlaced', occurredAt: '2026-01-05T08:00:12.345Z' }],
    },
  },
  cdc: {
    event: {
      eventId: '7c9e6679-7425-40de-944b-e07fc1f90a33',
      eventType: 'CustomerChanged',
      occurredAt: '2026-01-05T08:00:12.345Z',
      customerId: 'customer-1',
      op: 'c',
      before: null,
      after: {
        customerId: 'customer-1',
        email: 'ada@example.com',
        name: 'Ada',
        country: 'GB',
        plan: 'pro',
      },
      lsn: 1001,
    },
    view: '/views/customers/customer-1',
    answer: {
      customerId: 'customer-1',
      email: 'ada@example.com',
      name: 'Ada',
      country: 'GB',
      plan: 'pro',
      lsn: 1001,
    },
  },
  logs: {
    event: {
      eventId: 'a3bb189e-8bf9-4888-9912-ace4e6543044',
      eventType: 'AuditRecorded',
      occurredAt: '2026-01-05T08:00:12.345Z',
      actor: 'ada',
      action: 'invoice.delete',
      resource: 'invoice/4711',
      outcome: 'denied',
      sourceIp: '192.0.2.7',
      service: 'billing',
      details: 'needs the role accountant',
    },
    view: '/views/entries?actor=ada&outcome=denied',
    answer: {
      entries: [
        {
          eventId: 'a3bb189e-8bf9-4888-9912-ace4e6543044',
          occurredAt: '2026-01-05T08:00:12.345Z',
          actor: 'ada',
          action: 'invoice.delete',
          resource: 'invoice/4711',
          outcome: 'denied',
          sourceIp: '192.0.2.7',
          service: 'billing',
          details: 'needs the role accountant',
        },
      ],
    },
  },
  agents: {
    event: {
      eventId: 'c56a4180-65aa-42ec-a945-5fd21dec0555',
      eventType: 'TaskCreated',
      occurredAt: '2026-01-05T08:00:12.345Z',
      taskId: 'task-1',
      agent: 'researcher',
      goal: 'Compare three suppliers',
    },
    view: '/views/tasks/task-1',
    answer: {
      taskId: 'task-1',
      agent: 'researcher',
      goal: 'Compare three suppliers',
      status: 'open',
      calls: [],
    },
  },
};
