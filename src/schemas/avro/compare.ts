import { mention } from '../../quoted.ts';
import { type Patience, patience } from '../patience.ts';
import { type Break, type Direction, roles } from '../schema.ts';
import type { AvroEnum, AvroField, AvroNamed, AvroRecord, AvroType } from './model.ts';
import { shown } from './parse.ts';

/**
 * Whether a reader's schema reads what was written with another: org.apache.avro.SchemaCompatibility
 * of Avro 1.12, its order and its places too. Circular types are compatible until proven otherwise.
 */
export function compareAvro(
  reader: AvroType,
  writer: AvroType,
  direction: Direction,
  wait: Patience = patience(),
): Break[] {
  const words = roles[direction];
  const known = new Map<AvroType, Map<AvroType, readonly Break[]>>();
  return [...compare(reader, writer, '')];

  function compare(reader: AvroType, writer: AvroType, path: string): readonly Break[] {
    const ofReader = known.get(reader) ?? new Map<AvroType, readonly Break[]>();
    known.set(reader, ofReader);
    const before = ofReader.get(writer);
    if (before) return before;
    ofReader.set(writer, []);
    wait();
    const breaks = calculate(reader, writer, path);
    ofReader.set(writer, breaks);
    return breaks;
  }

  function calculate(reader: AvroType, writer: AvroType, path: string): Break[] {
    if (reader.kind === 'union') {
      if (writer.kind !== 'union')
        return reader.branches.some((branch) => compare(branch, writer, '').length === 0)
          ? []
          : [missingBranch(writer, path)];
      return writer.branches.flatMap((branch, index) =>
        compare(reader, branch, '').length === 0 ? [] : [missingBranch(branch, `${path}/${index}`)],
      );
    }
    if (writer.kind === 'union')
      return writer.branches.flatMap((branch, index) =>
        compare(reader, branch, `${path}/${index}`),
      );
    if (reader.kind !== writer.kind)
      return promotions[writer.kind]?.includes(reader.kind) ? [] : [mismatch(reader, writer, path)];
    if (reader.kind === 'array' && writer.kind === 'array')
      return [...compare(reader.items, writer.items, `${path}/items`)];
    if (reader.kind === 'map' && writer.kind === 'map')
      return [...compare(reader.values, writer.values, `${path}/values`)];
    if (reader.kind === 'fixed' && writer.kind === 'fixed')
      return [...names(reader, writer, path), ...sizes(reader.size, writer.size, path)];
    if (reader.kind === 'enum' && writer.kind === 'enum')
      return [...names(reader, writer, path), ...symbols(reader, writer, path)];
    if (reader.kind === 'record' && writer.kind === 'record')
      return [...names(reader, writer, path), ...fields(reader, writer, path)];
    return [];
  }

  function fields(reader: AvroRecord, writer: AvroRecord, path: string): Break[] {
    const written = new Map(writer.fields.map((field) => [field.name, field]));
    return reader.fields.flatMap((field, index) => {
      const at = `${path}/fields/${index}`;
      const match = [field.name, ...field.aliases].find((name) => written.has(name));
      const other = match === undefined ? undefined : written.get(match);
      if (other) return compare(field.type, other.type, `${at}/type`);
      if (field.default) return [];
      // Avro compares an enum with a default to the whole record here; no enum is a record.
      if (field.type.kind === 'enum' && field.type.default !== undefined)
        return compare(field.type, writer, `${at}/type`);
      return [missingDefault(reader, field, at)];
    });
  }

  function names(reader: AvroNamed, writer: AvroNamed, path: string): Break[] {
    if (reader.name === writer.name || reader.aliases.includes(writer.fullName)) return [];
    return [
      {
        path: `${path}/name`,
        kind: 'NAME_MISMATCH',
        message: `${words.reader} calls it ${mention(reader.fullName)}, ${words.writer} ${mention(writer.fullName)}.`,
        instead: `Keep the name, or give ${mention(reader.fullName)} the alias ${mention(writer.fullName)}.`,
      },
    ];
  }

  function sizes(reader: number, writer: number, path: string): Break[] {
    if (reader === writer) return [];
    return [
      {
        path: `${path}/size`,
        kind: 'FIXED_SIZE_MISMATCH',
        message: `${words.reader} takes ${reader} bytes, ${words.writer} writes ${writer}.`,
        instead: 'Keep the size, and add a field of another type for the new one.',
      },
    ];
  }

  function symbols(reader: AvroEnum, writer: AvroEnum, path: string): Break[] {
    const known = new Set(reader.symbols);
    const missing = writer.symbols.filter((symbol) => !known.has(symbol));
    if (missing.length === 0 || reader.default !== undefined) return [];
    return [
      {
        path: `${path}/symbols`,
        kind: 'MISSING_ENUM_SYMBOLS',
        message: `${words.reader} does not know ${missing.slice(0, 20).join(', ')} of ${mention(reader.fullName)}, which ${words.writer} may write, and has no default for it.`,
        instead: `Keep the symbols, and give ${mention(reader.fullName)} a default for those it does not know.`,
      },
    ];
  }

  function missingDefault(record: AvroRecord, field: AvroField, path: string): Break {
    const added = direction === 'new-reads-old';
    return {
      path,
      kind: 'READER_FIELD_MISSING_DEFAULT_VALUE',
      message: added
        ? `The new field ${field.name} of ${mention(record.fullName)} has no default: records of the old schema don't have it.`
        : `The field ${field.name} of ${mention(record.fullName)} is gone and had no default: consumers with the old schema can't do without it.`,
      instead: added
        ? `Give ${field.name} a default, or make it a union with null first and null as default.`
        : `Keep ${field.name}; give it a default first, and remove it once all consumers have that.`,
    };
  }

  function mismatch(reader: AvroType, writer: AvroType, path: string): Break {
    return {
      path: path === '' ? '/' : path,
      kind: 'TYPE_MISMATCH',
      message: `${words.reader} expects ${shown(reader)}, ${words.writer} writes ${shown(writer)}.`,
      instead: 'Keep the type, and add a field with another name and a default for the new one.',
    };
  }

  function missingBranch(writer: AvroType, path: string): Break {
    return {
      path: path === '' ? '/' : path,
      kind: 'MISSING_UNION_BRANCH',
      message: `The union of ${words.reader} has nothing for ${shown(writer)}, which ${words.writer} may write.`,
      instead: `Keep ${shown(writer)} among the union's types.`,
    };
  }
}

/** What a reader may expect instead of what was written (Schema Resolution). */
const promotions: Readonly<Record<string, readonly string[]>> = {
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
  string: ['bytes'],
  bytes: ['string'],
};
