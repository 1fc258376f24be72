import type { DerivedEvent } from '../domain-types.ts';
import type { PageViewed } from './events.ts';

const GLANCE_MS = 5_000;
const VISIT_MS = 30_000;

/** How much attention a section of the site got from a visitor. */
export function derive(event: PageViewed): DerivedEvent {
  const { eventId, occurredAt, visitorId, page, durationMs } = event;
  return {
    eventId,
    eventType: 'VisitMeasured',
    occurredAt,
    visitorId,
    page,
    section: firstSegment(page) ?? 'home',
    attention: attentionOf(durationMs),
  };
}

function firstSegment(page: string): string | undefined {
  return /^\/([^/]+)/.exec(page)?.[1];
}

function attentionOf(durationMs: number): 'glance' | 'visit' | 'read' {
  if (durationMs < GLANCE_MS) {
    return 'glance';
  }
  return durationMs < VISIT_MS ? 'visit' : 'read';
}
