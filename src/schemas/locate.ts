import { getLocation } from 'jsonc-parser';
import { tokensOf } from './protobuf/tokens.ts';
import { type Format, InvalidSchema } from './schema.ts';

/** What an offset of a schema is in: a JSON pointer; of Protobuf, names with dots. Broken texts too. */
export function pathAt(format: Format, text: string, offset: number): string {
  if (format === 'protobuf') return around(text.slice(0, offset));
  const pointer = getLocation(text, offset)
    .path.filter((part) => part !== '')
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  return format === 'json' ? `#${pointer || '/'}` : pointer || '/';
}

/** The messages and enums that are open at the end of a text. */
function around(text: string): string {
  const open: (string | undefined)[] = [];
  const tokens = readable(text);
  for (const [index, { text: sign }] of tokens.entries()) {
    if (sign === '{')
      open.push(
        /^(message|enum|oneof)$/.test(tokens[index - 2]?.text ?? '')
          ? tokens[index - 1]?.text
          : undefined,
      );
    if (sign === '}') open.pop();
  }
  return open.filter((name) => name !== undefined).join('.');
}

function readable(text: string): ReturnType<typeof tokensOf> {
  try {
    return tokensOf(text);
  } catch (error) {
    if (error instanceof InvalidSchema) return [];
    throw error;
  }
}
