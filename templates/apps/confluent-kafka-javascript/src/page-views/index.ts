import type { Domain } from '../domain-types.ts';
import { derive } from './derive.ts';
import { pageViewed, type PageViewed } from './events.ts';
import { sample } from './sample.ts';
import { apply, effects, tables } from './tables.ts';
import { views } from './views.ts';

/** Page views, counted in one-minute windows. */
export const domain: Domain<PageViewed> = {
  schema: pageViewed,
  keyOf: (event) => event.visitorId,
  tables,
  apply,
  effects,
  views,
  derive,
  sample,
};
