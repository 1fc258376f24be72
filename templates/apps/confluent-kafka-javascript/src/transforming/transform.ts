import type { DerivedEvent, Domain } from '../domain-types.ts';
import { decodeEvent } from '../events.ts';
import { deadLetter, type DeadLetter } from '../kafka/dead-letters.ts';
import { headers } from '../kafka/headers.ts';
import type { AddressedRecord, ConsumedRecord, OutgoingRecord } from '../kafka/records.ts';
import type { ErrorClass } from '../service/metrics.ts';

export interface Target {
  domain: Domain;
  outputTopic: string;
  deadLetterTopic: string;
  groupId: string;
}

export type Rejection = DeadLetter & { errorClass: ErrorClass };

/** One derived event or one dead letter for each record. */
export function transform(records: readonly ConsumedRecord[], target: Target) {
  const outputs: AddressedRecord[] = [];
  const rejections: Rejection[] = [];
  const failedAt = new Date();
  for (const record of records) {
    const derived = derivedFrom(record, target.domain);
    if ('errorClass' in derived) {
      rejections.push(derived);
      const letter = deadLetter(derived, target.groupId, failedAt);
      outputs.push({ topic: target.deadLetterTopic, record: letter });
    } else {
      outputs.push({ topic: target.outputTopic, record: derivedRecord(record, derived.event) });
    }
  }
  return { outputs, rejections };
}

function derivedFrom(record: ConsumedRecord, domain: Domain): { event: DerivedEvent } | Rejection {
  const decoded = decodeEvent(record.value, domain);
  if (decoded.kind === 'rejected') {
    const { errorClass, message } = decoded;
    return { record, errorClass, message, attempts: 1 };
  }
  try {
    return { event: domain.derive(decoded.event) };
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { record, errorClass: 'HandlerFailed', message, attempts: 1 };
  }
}

/** The same key keeps an event's order; the same headers keep its correlation id. */
function derivedRecord(record: ConsumedRecord, event: DerivedEvent): OutgoingRecord {
  const kept = record.headers.filter(([name]) => name.toString() !== 'event-type');
  return {
    key: record.key,
    value: Buffer.from(JSON.stringify(event)),
    headers: [...kept, ...headers({ 'event-type': event.eventType })],
  };
}
