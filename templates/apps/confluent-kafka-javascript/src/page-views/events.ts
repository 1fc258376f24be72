import { z } from 'zod';
import { baseEvent, count, nonEmpty } from '../events.ts';

export const pageViewed = z.looseObject({
  ...baseEvent,
  eventType: z.literal('PageViewed'),
  visitorId: nonEmpty,
  page: z.string().startsWith('/'),
  referrer: z.string().nullable(),
  country: z.string().length(2),
  durationMs: count,
});

export type PageViewed = z.output<typeof pageViewed>;
