import { randomUUID } from 'node:crypto';
import type { Domain } from '../domain-types.ts';
import { decodeEvent } from '../events.ts';
import { headerText } from '../kafka/headers.ts';
import type { ConsumedRecord } from '../kafka/records.ts';
import type { ErrorClass } from '../service/metrics.ts';
import { remember, type ProcessedEvent } from '../store/processed-events.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import type { Store, Transaction } from '../store/store.ts';

export interface Rejection {
  record: ConsumedRecord;
  errorClass: ErrorClass;
  message: string;
}

export interface Outcome {
  /** The types of the events that had their effect. */
  applied: string[];
  duplicates: number;
  rejections: Rejection[];
}

interface Received extends ProcessedEvent {
  record: ConsumedRecord;
}

/**
 * Applies a batch in one transaction, so that its effects and the ids that guard them are stored
 * together or not at all. A record that can't be handled is set aside, the others still count.
 * Throws StoreUnavailable when the whole batch has to go again.
 */
export async function applyBatch(
  records: readonly ConsumedRecord[],
  store: Store,
  domain: Domain,
): Promise<Outcome> {
  const { received, rejections } = decode(records, domain);
  return store.transaction(async (sql) => {
    try {
      const outcome = await applyTogether(received, sql, domain);
      return { ...outcome, rejections };
    } catch (error) {
      throwIfUnavailable(error);
      const outcome = await applyOneByOne(received, sql, domain);
      return { ...outcome, rejections: [...rejections, ...outcome.rejections] };
    }
  });
}

function decode(records: readonly ConsumedRecord[], domain: Domain) {
  const received: Received[] = [];
  const rejections: Rejection[] = [];
  for (const record of records) {
    const decoded = decodeEvent(record.value, domain);
    if (decoded.kind === 'rejected') {
      const { errorClass, message } = decoded;
      rejections.push({ record, errorClass, message });
    } else {
      const { event, text } = decoded;
      const { topic, partition, offset } = record;
      const correlationId = headerText(record.headers, 'correlation-id') ?? randomUUID();
      received.push({ record, event, text, topic, partition, offset, correlationId });
    }
  }
  return { received, rejections };
}

async function applyTogether(
  received: readonly Received[],
  sql: Transaction,
  domain: Domain,
): Promise<Outcome> {
  return sql.savepoint(async () => {
    const fresh = (await remember(sql, received)).map(({ event }) => event);
    if (fresh.length > 0) {
      await domain.apply(fresh, sql);
    }
    const applied = fresh.map(({ eventType }) => eventType);
    return { applied, duplicates: received.length - fresh.length, rejections: [] };
  });
}

/** Slower, but it finds the event that fails, and only that one is set aside. */
async function applyOneByOne(
  received: readonly Received[],
  sql: Transaction,
  domain: Domain,
): Promise<Outcome> {
  const outcome: Outcome = { applied: [], duplicates: 0, rejections: [] };
  for (const one of received) {
    try {
      const { applied, duplicates } = await applyTogether([one], sql, domain);
      outcome.applied.push(...applied);
      outcome.duplicates += duplicates;
    } catch (error) {
      throwIfUnavailable(error);
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      outcome.rejections.push({ record: one.record, errorClass: 'HandlerFailed', message });
    }
  }
  return outcome;
}

function throwIfUnavailable(error: unknown): void {
  if (error instanceof StoreUnavailable) {
    throw error;
  }
}
