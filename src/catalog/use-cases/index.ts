import type { UseCaseId } from '../choices.ts';
import { agents } from './agents.ts';
import { cdc } from './cdc.ts';
import { logs } from './logs.ts';
import { microservices } from './microservices.ts';
import { streaming } from './streaming.ts';
import type { UseCase } from './use-case.ts';

export type { UseCase } from './use-case.ts';

export const useCases: Readonly<Record<UseCaseId, UseCase>> = {
  streaming,
  microservices,
  cdc,
  logs,
  agents,
};
