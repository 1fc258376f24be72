import type { Valid } from '../../src/catalog/kafka-keys/key.ts';

/** A validator as Keys.java tells of it. */
export type Validator = {
  readonly name: string;
  readonly validator?: string;
  readonly text?: string;
  readonly emptyAllowed?: boolean;
};

/** Kafka's validators tell what they want as text only; each kind of text has its type here. */
export function validOf(key: Validator): Valid | undefined {
  const { text = '' } = key;
  switch (key.validator) {
    case undefined:
    // A text is never null.
    case 'NonNullValidator':
      return undefined;
    case 'Range':
      return range(text);
    case 'ValidString':
      return { is: 'one of', values: values(text) };
    case 'CaseInsensitiveValidString':
      return { is: 'one of', values: values(text).sort(), ignoreCase: true };
    case 'ValidList':
      return list(key);
    case 'ListSize':
      return { is: 'list', most: Number(/\d+/.exec(text)?.[0]) };
    case 'ListenersValidator':
      return { is: 'list', empty: false, blankItems: false };
    case 'AdminListenersValidator':
      return { is: 'list', blankItems: false };
    case 'NonEmptyString':
      return { is: 'non-empty' };
    case 'NonEmptyStringWithoutControlChars':
      return { is: 'non-empty', controlCharacters: false };
    case 'ControllerQuorumVotersValidator':
      return { is: 'voters' };
    case 'ControllerQuorumBootstrapServersValidator':
      return { is: 'endpoints' };
    case 'ThrottledReplicaListValidator':
      return { is: 'throttled replicas' };
    // Its text is of no use.
    case 'PluginVersionValidator':
      return { is: 'other', text: 'A version, or a range of versions as Maven has them' };
    case 'MetadataVersionValidator':
      return { is: 'other', text: 'A release or a metadata version, such as 3.9 or 3.9-IV0' };
    default:
      return ofItsOwn(key.name, text);
  }
}

/** Validators made on the spot, known by their key or by what they say. */
function ofItsOwn(name: string, text: string): Valid {
  if (name === 'topology.optimization') return { is: 'optimizations', values: values(text) };
  if (name === 'auto.offset.reset') return { is: 'offset reset' };
  if (name === 'share.acknowledgement.mode') return { is: 'one of', values: values(text) };
  if (name === 'share.acquire.mode' || name === 'connect.protocol')
    return { is: 'one of', values: values(text), ignoreCase: true };
  if (/^non-null string, unique /.test(text)) return { is: 'list', unique: true };
  if (/^Positive number.* or -1 /.test(text)) return { is: 'range', min: 1, or: -1 };
  const subclass = /^A concrete subclass of ([\w.]+)/.exec(text);
  if (subclass) return { is: 'subclass', of: String(subclass[1]) };
  const bounds = /^(\[[-\d,.]+\])(?: or (-?\d+))?$/.exec(text);
  if (bounds?.[1]) return { ...range(bounds[1]), ...(bounds[2] && { or: Number(bounds[2]) }) };
  return { is: 'other', text };
}

/** `[1,...]`, `[0,...,9]`. */
function range(text: string): Extract<Valid, { is: 'range' }> {
  const [, min, max] = /^\[([-\d.]*?),?\.\.\.,?([-\d.]*)\]$/.exec(text) ?? [];
  return { is: 'range', ...(min && { min: Number(min) }), ...(max && { max: Number(max) }) };
}

/** `[a, b]`, where null stands for a default that is unset; `(case insensitive) [a, b]`. */
const values = (text: string): string[] =>
  text
    .slice(text.indexOf('[') + 1, -1)
    .split(', ')
    .filter((value) => value !== 'null');

/** Since 4.2 a list has no duplicates and no empty items, and may refuse to be empty (KIP-1161). */
function list({ text = '', emptyAllowed }: Validator): Valid {
  const strict = emptyAllowed !== undefined;
  return {
    is: 'list',
    ...(text !== '' && { of: values(text) }),
    ...(strict && { unique: true, emptyItems: false }),
    ...(emptyAllowed === false && { empty: false }),
  };
}
