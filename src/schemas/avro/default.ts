import { type JsonNode, property } from '../../files/formats/json-tree.ts';
import type { AvroType } from './model.ts';

/** Schema.isValidDefault of Avro 1.12: a union takes the default of any of its branches. */
export function isValidDefault(type: AvroType, value: JsonNode): boolean {
  // A record whose default needs itself has none: the same question is not asked again.
  const asked = new Map<AvroType, Map<JsonNode, boolean>>();
  // Avro's parser takes a string for the number of a field, though not within a union or a record.
  const isFraction = type.kind === 'float' || type.kind === 'double';
  if (isFraction && value.kind === 'string') return isDouble(value.value);
  return isValid(type, value);

  function isValid(type: AvroType, value: JsonNode): boolean {
    if (type.kind !== 'record') return judge(type, value);
    const ofType = asked.get(type) ?? new Map<JsonNode, boolean>();
    asked.set(type, ofType);
    const before = ofType.get(value);
    if (before !== undefined) return before;
    ofType.set(value, false);
    const verdict = judge(type, value);
    ofType.set(value, verdict);
    return verdict;
  }

  function judge(type: AvroType, value: JsonNode): boolean {
    switch (type.kind) {
      case 'string':
      case 'bytes':
      case 'enum':
      case 'fixed':
        return value.kind === 'string';
      case 'int':
        return isWhole(value, 31n);
      case 'long':
        return isWhole(value, 63n);
      case 'float':
      case 'double':
        return value.kind === 'number';
      case 'boolean':
      case 'null':
        return value.kind === type.kind;
      case 'array':
        return value.kind === 'array' && value.items.every((item) => isValid(type.items, item));
      case 'map':
        return (
          value.kind === 'object' &&
          value.properties.every((one) => isValid(type.values, one.value))
        );
      case 'union':
        return type.branches.some((branch) => isValid(branch, value));
      case 'record':
        return (
          value.kind === 'object' &&
          type.fields.every((field) => {
            const given = property(value, field.name) ?? field.default;
            return given !== undefined && isValid(field.type, given);
          })
        );
      case 'unresolved':
        return true;
    }
  }
}

function isWhole(value: JsonNode, bits: bigint): boolean {
  if (value.kind !== 'number' || !/^-?\d{1,30}$/.test(value.written)) return false;
  const number = BigInt(value.written);
  return number >= -(1n << bits) && number < 1n << bits;
}

/** java.lang.Double.parseDouble, as far as anybody writes it. */
const isDouble = (text: string) =>
  /^\s*[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?[fd]?)\s*$/i.test(text);
