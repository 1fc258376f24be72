import type { Reader } from '@platformatic/kafka';

/**
 * Fields of a message in the order of Kafka's own definitions (`common/message/*.json` in
 * kafka-clients), each with what reads it. Flexible versions only: compact lengths, and tagged
 * fields at the end of every structure.
 */
export type Read<T> = (reader: Reader) => T;

type Fields = Readonly<Record<string, Read<unknown>>>;
type Struct<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]> };

export const int8: Read<number> = (reader) => reader.readInt8();
export const int16: Read<number> = (reader) => reader.readInt16();
export const uint16: Read<number> = (reader) => reader.readUnsignedInt16();
export const int32: Read<number> = (reader) => reader.readInt32();
export const int64: Read<bigint> = (reader) => reader.readInt64();
export const bool: Read<boolean> = (reader) => reader.readBoolean();
export const uuid: Read<string> = (reader) => reader.readUUID();
export const string: Read<string> = (reader) => reader.readString();
export const nullableString: Read<string | null> = (reader) => reader.readNullableString();

export const array =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (reader) =>
    reader.readArray((one) => read(one), true, false);

export const nullableArray =
  <T>(read: Read<T>): Read<readonly T[] | null> =>
  (reader) =>
    reader.readNullableArray((one) => read(one), true, false);

export const struct =
  <F extends Fields>(fields: F): Read<Struct<F>> =>
  (reader) => {
    const read = Object.entries(fields).map(([name, field]) => [name, field(reader)] as const);
    reader.readTaggedFields();
    return Object.fromEntries(read) as Struct<F>;
  };

/** KIP-893: a byte before it says whether it is there. */
export const nullable =
  <T>(read: Read<T>): Read<T | null> =>
  (reader) =>
    reader.readInt8() < 0 ? null : read(reader);

/** A field of a later version, as it is in an earlier one. */
export const always =
  <T>(value: T): Read<T> =>
  () =>
    value;
