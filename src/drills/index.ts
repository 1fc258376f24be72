import { boot } from './boot.ts';
import { brokerLoss } from './broker-loss.ts';
import type { Drill } from './drill.ts';
import { exactlyOnce } from './exactly-once.ts';
import { intruders } from './intruders.ts';
import { metrics } from './metrics.ts';
import { poison } from './poison.ts';
import { redelivery } from './redelivery.ts';
import { roundTrip } from './round-trip.ts';

/** In the order in which they run. A new drill is a file beside these and a line here. */
export const drills: readonly Drill[] = [
  boot,
  roundTrip,
  brokerLoss,
  exactlyOnce,
  intruders,
  poison,
  redelivery,
  metrics,
];
