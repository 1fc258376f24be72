import { z } from 'zod';
import { blueprintSchema } from './schema.ts';

/** For editors. A constant: the build works it out, so that the package need not. */
export const blueprintJsonSchema: object = {
  ...z.toJSONSchema(blueprintSchema, { io: 'input' }),
  title: 'krafter blueprint',
};
