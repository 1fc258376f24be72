export { recover } from './journal.ts';
export { storedContent } from './lock.ts';
export { looker } from './look.ts';
export type { Change } from './offer.ts';
export { lockFile } from './paths.ts';
export { type Plan, type PlanReport, planReport, planWrite } from './plan.ts';
export { alone } from './running.ts';
export { type ApplyOptions, applyChanges, applyPlan } from './write.ts';
