import type { Check } from '../check.ts';
import { delivery } from './01-delivery.ts';
import { brokerLoss } from './02-broker-loss.ts';
import { fatalErrors } from './03-fatal-errors.ts';
import { poison } from './04-poison.ts';
import { storeAway } from './05-store-away.ts';
import { redelivery } from './06-redelivery.ts';
import { exactlyOnce } from './07-exactly-once.ts';
import { rebalance } from './08-rebalance.ts';
import { backPressure } from './09-back-pressure.ts';
import { gracefulStop } from './10-graceful-stop.ts';
import { health } from './11-health.ts';
import { logs } from './12-logs.ts';
import { metrics } from './13-metrics.ts';
import { security } from './14-security.ts';
import { badWorld } from './15-bad-world.ts';
import { formats } from './16-formats.ts';

export const checks: readonly Check[] = [
  delivery,
  brokerLoss,
  fatalErrors,
  poison,
  storeAway,
  redelivery,
  exactlyOnce,
  rebalance,
  backPressure,
  gracefulStop,
  health,
  logs,
  metrics,
  security,
  badWorld,
  formats,
];
