import type { UseCase } from './use-case.ts';

export const microservices: UseCase = {
  id: 'microservices',
  title: 'Microservices messaging',
  summary: 'Orders placed, paid and shipped by services that know each other by events only.',
  domain: 'orders',
  topic: {
    name: 'sales.orders.v1',
    key: 'orderId',
    keyReason: 'an order is placed before it is paid, and paid before it is shipped',
    retentionDays: 7,
    cleanupPolicy: 'delete',
    contents: 'every step in the life of an order',
  },
  producer: {
    name: 'order-api',
    does: 'accepts orders and their payments, shipments, cancellations',
  },
  consumer: { name: 'order-status', does: 'knows the status of each order', view: '/views/orders' },
  load: { eventsPerSecond: 2_000, bytesPerEvent: 1_200, peakFactor: 3, consumers: 6 },
};
