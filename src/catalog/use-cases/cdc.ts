import type { UseCase } from './use-case.ts';

export const cdc: UseCase = {
  id: 'cdc',
  title: 'Data pipeline, CDC, ETL',
  summary: 'Changes of a customer table captured, and a copy of the table kept from them.',
  domain: 'customers',
  topic: {
    name: 'crm.customers.v1',
    key: 'customerId',
    keyReason: 'the last change of a customer wins, so changes of one customer must stay in order',
    cleanupPolicy: 'compact',
    contents: 'changes of the customer table; compacted, so the newest of each customer stays',
  },
  producer: { name: 'customer-capture', does: 'publishes changes of the customer table' },
  consumer: {
    name: 'customer-table',
    does: 'keeps a copy of the customer table',
    view: '/views/customers',
  },
  load: { eventsPerSecond: 1_000, bytesPerEvent: 1_000, peakFactor: 5, consumers: 6 },
};
