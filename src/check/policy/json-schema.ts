import { z } from 'zod';
import { policySchema } from './schema.ts';

/** For editors. */
export const policyJsonSchema: object = {
  ...z.toJSONSchema(policySchema, { io: 'input' }),
  title: 'krafter check',
};
