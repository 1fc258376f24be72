import type { Key, KeyType, Valid } from './key.ts';

/**
 * What Kafka says against a text as the value of a key, as ConfigDef.parseType and the key's
 * validator would; undefined if nothing. Whether a class is there, an algorithm or a regular
 * expression is right, only a JVM can tell: nothing is said against these. Numbers have ASCII digits.
 */
export function check(key: Pick<Key, 'type' | 'valid'>, text: string): string | undefined {
  const value = trimmed(text);
  return typeProblem(key.type, value) ?? (key.valid && validProblem(key, key.valid, value));
}

/** String.trim: also control characters, and no blanks beyond ASCII. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (start < end && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

const sizes = { SHORT: 15n, INT: 31n, LONG: 63n } as const;

function typeProblem(type: KeyType, value: string): string | undefined {
  switch (type) {
    case 'STRING':
    case 'PASSWORD':
    case 'LIST':
      return undefined;
    case 'BOOLEAN':
      // As String.equalsIgnoreCase.
      return ['TRUE', 'FALSE'].includes(value.toUpperCase())
        ? undefined
        : 'is neither true nor false';
    case 'CLASS':
      return /^[^.;[/]+(\.[^.;[/]+)*$/.test(value) ? undefined : 'can not be the name of a class';
    case 'DOUBLE':
      return double(value) === undefined ? 'is no number' : undefined;
    case 'SHORT':
    case 'INT':
    case 'LONG':
      return integerProblem(value, sizes[type]);
  }
}

const integer = /^[+-]?[0-9]+$/;

function integerProblem(value: string, bits: bigint): string | undefined {
  if (!integer.test(value)) return 'is no whole number';
  // Longer than any that fits, leading zeros aside, is not worth the arithmetic.
  const digits = value.replace(/^[+-]?0*/, '');
  const size = digits.length > 19 ? undefined : BigInt(digits || '0');
  const most = (1n << bits) - (value.startsWith('-') ? 0n : 1n);
  return size !== undefined && size <= most ? undefined : `does not fit into ${bits + 1n} bits`;
}

/** As Double.parseDouble reads it: its grammar is in the documentation of Double.valueOf. */
function double(value: string): number | undefined {
  const [, sign, name, decimal, whole = '', fraction = '', exponent] =
    /^([+-]?)(?:(NaN|Infinity)|((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[fFdD]?|0[xX](?=\.?[0-9a-fA-F])([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)[fFdD]?)$/.exec(
      value,
    ) ?? [];
  if (sign === undefined) return undefined;
  const size =
    exponent === undefined
      ? Number(name ?? decimal)
      : Number(`0x${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -size : size;
}

function validProblem(
  { type }: Pick<Key, 'type'>,
  valid: Valid,
  value: string,
): string | undefined {
  switch (valid.is) {
    case 'range':
      return rangeProblem(valid, (type === 'DOUBLE' ? double(value) : Number(value)) ?? Number.NaN);
    case 'one of': {
      const said = valid.ignoreCase ? value.toUpperCase() : value;
      const values = valid.ignoreCase ? valid.values.map((one) => one.toUpperCase()) : valid.values;
      return values.includes(said) ? undefined : notOneOf(valid.values);
    }
    case 'non-empty':
      if (value === '') return 'must not be empty';
      return valid.controlCharacters === false && /\p{Cc}/u.test(value)
        ? 'has control characters'
        : undefined;
    case 'list':
      return listProblem(valid, listItems(value));
    case 'voters':
      return listItems(value).every(isVoter) ? undefined : 'is no list of id@host:port';
    case 'endpoints':
      return listItems(value).every(isEndpoint) ? undefined : 'is no list of host:port';
    case 'throttled replicas':
      return areThrottledReplicas(listItems(value))
        ? undefined
        : 'is neither * nor a list of partition:broker';
    case 'optimizations':
      return optimizationsProblem(valid.values, value);
    case 'offset reset':
      return isOffsetReset(value)
        ? undefined
        : 'is none of earliest, latest, none and by_duration:PnDTnHnMn.nS';
    case 'subclass':
    case 'other':
      return undefined;
  }
}

const notOneOf = (values: readonly string[]) => `is none of ${values.join(', ')}`;

function rangeProblem(
  { min, max, or }: Extract<Valid, { is: 'range' }>,
  size: number,
): string | undefined {
  if (size === or) return undefined;
  if (min !== undefined && size < min) return `is less than ${min}`;
  return max !== undefined && size > max ? `is more than ${max}` : undefined;
}

/** The items of a LIST, split at commas with blanks around them; an empty text is an empty list. */
const listItems = (value: string): string[] =>
  value === '' ? [] : value.split(',').map((item) => item.replace(/^[ \t-\r]+|[ \t-\r]+$/g, ''));

function listProblem(
  valid: Extract<Valid, { is: 'list' }>,
  items: readonly string[],
): string | undefined {
  const { of, most } = valid;
  if (valid.empty === false && items.length === 0) return 'must not be empty';
  if (valid.unique && new Set(items).size < items.length) return 'says the same twice';
  if (valid.emptyItems === false && items.includes('')) return 'has an empty item';
  if (valid.blankItems === false && items.some((item) => trimmed(item) === ''))
    return 'has an empty item';
  if (most !== undefined && items.length > most) return `has more than ${most} items`;
  return of === undefined || items.every((item) => of.includes(item)) ? undefined : notOneOf(of);
}

/** Utils.getHost and getPort. */
const endpoint = /^(?:[0-9a-zA-Z\-%._]*:\/\/)?\[?[0-9a-zA-Z\-%._:]*\]?:([0-9]+)$/;
const isEndpoint = (text: string): boolean => {
  const port = endpoint.exec(text)?.[1];
  return port !== undefined && Number(port) <= 65535;
};

function isVoter(text: string): boolean {
  // String.split drops empty parts at the end.
  const [id = '', address = '', ...more] = text.replace(/@+$/, '').split('@');
  return more.length === 0 && integerProblem(id, sizes.INT) === undefined && isEndpoint(address);
}

const areThrottledReplicas = (items: readonly string[]): boolean =>
  items.every((item) => /^([0-9]+:[0-9]+)?$/.test(trimmed(item))) ||
  items.map(trimmed).join('') === '*';

/** StreamsConfig.verifyTopologyOptimizationConfigs: `all` and `none` stand alone. */
function optimizationsProblem(values: readonly string[], value: string): string | undefined {
  const items = listItems(value);
  while (items.at(-1) === '') items.pop();
  if (items.length > 1 && (items.includes('all') || items.includes('none')))
    return 'says all or none, and more';
  const said = items.length === 0 && value === '' ? [''] : items;
  return said.every((item) => values.includes(item)) ? undefined : notOneOf(values);
}

/** AutoOffsetResetStrategy.fromString (KIP-1106); the grammar is that of Duration.parse. */
function isOffsetReset(value: string): boolean {
  if (['earliest', 'latest', 'none'].includes(value)) return true;
  const match =
    /^by_duration:([-+]?)P(?:([-+]?[0-9]+)D)?(?:T(?=.)(?:([-+]?[0-9]+)H)?(?:([-+]?[0-9]+)M)?(?:([-+]?[0-9]+)(?:[.,]([0-9]{0,9}))?S)?)?$/is.exec(
      value,
    );
  const [, sign, ...parts] = match ?? [];
  if (!match || parts.every((part) => part === undefined)) return false;
  const [days, hours, minutes, seconds, fraction = ''] = parts;
  const whole = [days, hours, minutes, seconds].map((part) =>
    BigInt((part ?? '0').replace('+', '')),
  );
  if (parts.some((part) => part && part.length > 20)) return false;
  const nanos = BigInt(fraction.padEnd(9, '0')) * (seconds?.startsWith('-') ? -1n : 1n);
  const [d = 0n, h = 0n, m = 0n, s = 0n] = whole;
  const total = (((d * 24n + h) * 60n + m) * 60n + s) * 1_000_000_000n + nanos;
  return (sign === '-' ? -total : total) >= 0n && total / 1_000_000_000n < 1n << 63n;
}
