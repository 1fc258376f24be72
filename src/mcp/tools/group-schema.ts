import { z } from 'zod';
import { groupTypes } from '../../cluster/group-list.ts';
import { shortestSeconds } from '../../cluster/trend.ts';

export const groupsInput = z.object({
  group: z.string().optional(),
  topic: z.string().optional(),
  show: z.enum(['lag', 'members']).optional(),
  seconds: z.int().min(shortestSeconds).max(60).optional(),
  filter: z.string().optional(),
  type: z.enum(groupTypes).optional(),
  state: z.string().optional(),
  detail: z.boolean().optional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});
export type GroupsInput = z.infer<typeof groupsInput>;

export const groupsOutput = z.object({
  groups: z.number().optional(),
  types: z.record(z.string(), z.number()).optional(),
  states: z.record(z.string(), z.number()).optional(),
  list: z
    .array(
      z.object({
        group: z.string(),
        type: z.string(),
        state: z.string(),
        lag: z.number().optional(),
      }),
    )
    .optional(),
  group: z.string().optional(),
  type: z.string().optional(),
  state: z.string().optional(),
  assignor: z.string().optional(),
  members: z.number().optional(),
  lag: z.number().optional(),
  trend: z
    .object({
      direction: z.string(),
      seconds: z.number(),
      written: z.number(),
      read: z.number(),
      catchUp: z.number().optional(),
    })
    .optional(),
  topics: z
    .array(z.object({ topic: z.string(), lag: z.number(), partitions: z.number() }))
    .optional(),
  rows: z
    .array(z.tuple([z.number(), z.number().nullable(), z.number().nullable()]))
    .optional()
    .describe('partition, lag, committed of the first topic'),
  memberList: z
    .array(
      z.object({
        client: z.string(),
        host: z.string(),
        instance: z.string().optional(),
        has: z.string(),
        note: z.string().optional(),
      }),
    )
    .optional(),
  notes: z.array(z.string()).optional(),
  unseen: z.array(z.string()).optional(),
  more: z.record(z.string(), z.number()).optional(),
  cursor: z.string().optional(),
});
export type GroupsAnswer = z.infer<typeof groupsOutput>;
