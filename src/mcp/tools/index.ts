import type { z } from 'zod';
import type { Tool } from '../tool.ts';
import { clusterHealth } from './cluster-health.ts';
import { consumerGroups } from './consumer-groups.ts';
import { schemaValidate } from './schema-validate.ts';

export const tools = [clusterHealth, consumerGroups, schemaValidate] as unknown as readonly Tool<
  z.ZodObject,
  z.ZodObject
>[];
