import { randomUUID } from 'node:crypto';
import type { Domain } from '../domain-types.ts';
import { decodeEvent, type Decoded } from '../events.ts';
import { headerText } from '../kafka/headers.ts';
import type { ConsumedRecord } from '../kafka/subscription.ts';
import type { ErrorClass } from '../service/metrics.ts';
import { remember } from '../store/processed-events.ts';
import { StoreUnavailable, type Store, type Transaction } from '../store/store.ts';

export interface Rejection {
  record: ConsumedRecord;
  errorClass: ErrorClass;
  message: string;
}

export interface Outcome {
  /** Event types, one for each event that had its effect. */
  applied: string[];
  duplicates: number;
  rejections: Rejection[];
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
  const decoded = records.map((record) => ({ record, result: decodeEvent(record.value, domain) }));
  return store.transaction(async (sql) => {
    const outcome: Outcome = { applied: [], duplicates: 0, rejections: [] };
    for (const { record, result } of decoded) {
      if (result.kind === 'rejected') {
        const { errorClass, message } = result;
        outcome.rejections.push({ record, errorClass, message });
      } else {
        await applyOne(record, result, sql, domain, outcome);
      }
    }
    return outcome;
  });
}

async function applyOne(
  record: ConsumedRecord,
  { event, text }: Extract<Decoded, { kind: 'event' }>,
  sql: Transaction,
  domain: Domain,
  outcome: Outcome,
): Promise<void> {
  const { topic, partition, offset } = record;
  const correlationId = headerText(record.headers, 'correlation-id') ?? randomUUID();
  try {
    const isNew = await sql.savepoint(async () => {
      const processed = { event, text, topic, partition, offset, correlationId };
      const first = await remember(sql, processed);
      if (first) {
        await domain.apply(event, sql);
      }
      return first;
    });
    if (isNew) {
      outcome.applied.push(event.eventType);
    } else {
      outcome.duplicates += 1;
    }
  } catch (error) {
    if (error instanceof StoreUnavailable) {
      throw error;
    }
    const message = error instanceof Error ? error.message : String(error);
    outcome.rejections.push({ record, errorClass: 'HandlerFailed', message });
  }
}
