import { z } from 'zod';
import { baseEvent, count, letters, nonEmpty } from '../events.ts';

export const pageViewed = z.looseObject({
  ...baseEvent,
  eventType: z.literal('PageViewed'),
  visitorId: nonEmpty,
  page: z.string().startsWith('/'),
  referrer: z.string().nullable(),
  country: letters(2),
  durationMs: count,
});

export type PageViewed = z.output<typeof pageViewed>;
