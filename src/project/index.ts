export { recover } from './journal.ts';
export { storedContent } from './lock.ts';
export { lockFile } from './paths.ts';
export { type Plan, type PlanReport, planReport, planWrite } from './plan.ts';
export { alone } from './running.ts';
export { type ApplyOptions, applyPlan } from './write.ts';
