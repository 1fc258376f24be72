import { z } from 'zod';
import type { BaseEvent, Domain } from './domain-types.ts';

/** The fields every event type starts with. */
export const baseEvent = {
  // In one spelling, whatever the caller's: ids are compared and times are sorted as text.
  eventId: z.guid().transform((id) => id.toLowerCase()),
  occurredAt: z.iso.datetime().transform((time) => new Date(time).toISOString()),
};

export const nonEmpty = z.string().min(1);
/** Letters as country and currency codes have them. */
export const letters = (length: number) =>
  z.string().regex(new RegExp(`^[A-Za-z]{${length}}$`), `must be ${length} letters`);
export const count = z.int().min(0);
export const limit = z.coerce.number().int().min(1).max(1000);

export interface Problem {
  path: string;
  message: string;
}

export type Decoded =
  | { kind: 'event'; event: BaseEvent; text: string }
  | {
      kind: 'rejected';
      errorClass: 'Undecodable' | 'InvalidEvent';
      message: string;
      details: Problem[];
    };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The one place that turns bytes into an event, for the HTTP body and for the record's value. */
export function decodeEvent(bytes: Uint8Array | null | undefined, domain: Domain): Decoded {
  if (!bytes) {
    return undecodable('The record has no value.');
  }
  let json: unknown;
  let text: string;
  try {
    text = utf8.decode(bytes);
    json = JSON.parse(text);
  } catch (error) {
    return undecodable(
      error instanceof SyntaxError ? 'The value is not JSON.' : 'The value is not UTF-8.',
    );
  }
  const result = domain.schema.safeParse(json);
  if (!result.success) {
    const details = result.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      message,
    }));
    const first = details[0];
    return {
      kind: 'rejected',
      errorClass: 'InvalidEvent',
      message: `The event is not valid: ${first?.path ? `${first.path}: ` : ''}${first?.message ?? 'unknown reason'}.`,
      details,
    };
  }
  return { kind: 'event', event: result.data, text };
}

function undecodable(message: string): Decoded {
  return { kind: 'rejected', errorClass: 'Undecodable', message, details: [] };
}
