import { type Break, type Direction, roles } from '../schema.ts';
import type { ProtobufSchema, ProtoField, ProtoMessage, ProtoType } from './model.ts';
import { type Group, Scope } from './scope.ts';

/**
 * Whether a reader understands the bytes of a writer: Protobuf's own rules ("Updating a Message
 * Type") under the names of Confluent's Schema Registry, which asks a little more: a package, a
 * message and a required field stay where they are. It overlooks numbers that change or come back
 * after they were reserved, which Protobuf forbids.
 */
export function compareProtobuf(
  reader: ProtobufSchema,
  writer: ProtobufSchema,
  direction: Direction,
): Break[] {
  const words = roles[direction];
  const breaks: Break[] = [];
  const [from, to] = [new Scope(writer), new Scope(reader)];
  if (writer.file.package !== reader.file.package)
    add(
      '',
      'PACKAGE_CHANGED',
      `The package is ${writer.file.package ?? 'none'} in ${words.writer}, ${reader.file.package ?? 'none'} in ${words.reader}.`,
      'Keep the package; a new one is a new schema under a subject of its own.',
    );
  compareTypes(writer.file.types, reader.file.types);
  return breaks;

  function add(path: string, kind: string, message: string, instead: string): void {
    breaks.push({
      path,
      kind,
      message: message.replace(/^./, (letter) => letter.toUpperCase()),
      instead,
    });
  }

  function compareTypes(ones: readonly ProtoType[], others: readonly ProtoType[]): void {
    const found = new Map(others.map((type) => [type.name, type]));
    for (const one of ones) {
      if (one.kind !== 'message') continue;
      const other = found.get(one.name);
      if (other?.kind === 'message') {
        compareMessages(one, other);
        compareTypes(one.types, other.types);
      } else
        add(
          one.path,
          'MESSAGE_REMOVED',
          `${words.reader} has no message ${one.path}, which ${words.writer} writes.`,
          'Keep the message, and mark it as deprecated.',
        );
    }
  }

  function compareMessages(one: ProtoMessage, other: ProtoMessage): void {
    const fields = new Map(other.fields.map((field) => [field.tag, field]));
    const written = new Map(one.fields.map((field) => [field.tag, field]));
    for (const field of one.fields) {
      const now = fields.get(field.tag);
      if (now) compareFields(one, field, other, now);
      else removed(one, field, fields);
    }
    for (const field of other.fields)
      if (field.label === 'required' && written.get(field.tag)?.label !== 'required')
        add(
          `${other.path}.${field.name}`,
          'REQUIRED_FIELD_ADDED',
          `${words.reader} requires ${field.name}, which ${words.writer} may leave out.`,
          'Make it optional: nothing that is required can ever be added or removed.',
        );
    const names = new Map(other.fields.map((field) => [field.name, field]));
    for (const field of one.fields) {
      const now = names.get(field.name);
      if (now && now.tag !== field.tag)
        add(
          `${other.path}.${now.name}`,
          'FIELD_NUMBER_CHANGED',
          `${now.name} has the number ${now.tag} in ${words.reader}, ${field.tag} in ${words.writer}: its values are lost.`,
          `Keep the number ${direction === 'new-reads-old' ? field.tag : now.tag}.`,
        );
    }
    if (direction === 'new-reads-old') reused(one, other);
    exclusive(one, other);
  }

  function reused(old: ProtoMessage, now: ProtoMessage): void {
    for (const field of now.fields) {
      const isReserved = old.reserved.ranges.some(
        ({ from, to }) => field.tag >= from && field.tag <= to,
      );
      if (!isReserved && !old.reserved.names.includes(field.name)) continue;
      add(
        `${now.path}.${field.name}`,
        'RESERVED_FIELD_USED',
        `${field.name} (${field.tag}) was reserved: records from before may still have something else there.`,
        'Take a number and a name that were never used.',
      );
    }
  }

  function removed(
    message: ProtoMessage,
    field: ProtoField,
    now: ReadonlyMap<number, ProtoField>,
  ): void {
    const path = `${message.path}.${field.name}`;
    if (field.label === 'required' && field.oneof === undefined)
      add(
        path,
        'REQUIRED_FIELD_REMOVED',
        `${words.reader} has no ${field.name}, which is required in ${words.writer}.`,
        'Keep it; make it optional first, and remove it once every reader knows.',
      );
    // A whole oneof may go; one of its fields can't, since readers would see none of them set.
    const hasLeft = message.fields.some((one) => one.oneof === field.oneof && now.has(one.tag));
    const isKept = [...now.values()].some((one) => one.oneof === field.oneof);
    if (field.oneof !== undefined && (hasLeft || isKept))
      add(
        path,
        'ONEOF_FIELD_REMOVED',
        `${words.reader} has no ${field.name} in ${field.oneof}: it would see none of them set.`,
        `Keep ${field.name} in the oneof, and mark it as deprecated.`,
      );
  }

  /** Fields that could be set together, and now can't. */
  function exclusive(one: ProtoMessage, other: ProtoMessage): void {
    const written = new Map(one.fields.map((field) => [field.tag, field]));
    for (const [name, members] of Map.groupBy(other.fields, ({ oneof }) => oneof)) {
      if (name === undefined) continue;
      const known = members.flatMap(({ tag }) => written.get(tag) ?? []);
      const groups = new Set(known.map(({ oneof, tag }) => oneof ?? tag));
      if (groups.size < 2) continue;
      const loose = known.filter(({ oneof }) => oneof === undefined);
      add(
        `${other.path}.${name}`,
        loose.length > 1 ? 'MULTIPLE_FIELDS_MOVED_TO_ONEOF' : 'FIELD_MOVED_TO_EXISTING_ONEOF',
        `Only one of ${known.map((field) => field.name).join(', ')} can be set in ${words.reader}, several in ${words.writer}.`,
        'Leave fields out of the oneof, or put new ones into it.',
      );
    }
  }

  function compareFields(
    one: ProtoMessage,
    field: ProtoField,
    other: ProtoMessage,
    now: ProtoField,
  ): void {
    const path = `${other.path}.${now.name}`;
    if ((field.keyType === undefined) !== (now.keyType === undefined)) {
      kindChanged(path, field, now);
      return;
    }
    if (field.keyType !== undefined && now.keyType !== undefined) {
      compareTypeNames(path, one, field.keyType, other, now.keyType, [field, now]);
      compareTypeNames(path, one, field.type, other, now.type, [field, now]);
      return;
    }
    const group = compareTypeNames(path, one, field.type, other, now.type, [field, now]);
    const repeated = [field, now].map(({ label }) => label === 'repeated');
    if (group !== undefined && group !== 'text' && repeated[0] !== repeated[1])
      add(
        path,
        'FIELD_NUMERIC_LABEL_CHANGED',
        `${now.name} is ${repeated[1] ? 'repeated' : 'single'} in ${words.reader}, ${repeated[0] ? 'repeated' : 'single'} in ${words.writer}: numbers are packed when repeated.`,
        addAnother(now),
      );
  }

  /** The group of scalars that both belong to, if they do. */
  function compareTypeNames(
    path: string,
    one: ProtoMessage,
    type: string,
    other: ProtoMessage,
    nowType: string,
    [field, now]: readonly [ProtoField, ProtoField],
  ): Group | undefined {
    const [before, after] = [from.groupOf(type, one), to.groupOf(nowType, other)];
    if ((before === undefined) !== (after === undefined)) {
      kindChanged(path, field, now);
      return undefined;
    }
    if (before !== after) {
      add(
        path,
        'FIELD_SCALAR_KIND_CHANGED',
        `${now.name} (${now.tag}) is ${nowType} in ${words.reader}, ${type} in ${words.writer}: they are written differently.`,
        addAnother(now),
      );
      return undefined;
    }
    if (before === undefined && from.nameOf(type, one) !== to.nameOf(nowType, other))
      add(
        path,
        'FIELD_NAMED_TYPE_CHANGED',
        `${now.name} (${now.tag}) is a ${nowType} in ${words.reader}, a ${type} in ${words.writer}.`,
        addAnother(now),
      );
    return before;
  }

  function kindChanged(path: string, field: ProtoField, now: ProtoField): void {
    add(
      path,
      'FIELD_KIND_CHANGED',
      `${now.name} (${now.tag}) is ${shown(now)} in ${words.reader}, ${shown(field)} in ${words.writer}.`,
      addAnother(now),
    );
  }
}

const addAnother = ({ name, tag }: ProtoField) =>
  `Leave ${tag} as it is, and add a field with a number of its own; later reserve ${tag} and "${name}".`;

const shown = ({ keyType, type }: ProtoField) =>
  keyType === undefined ? type : `map<${keyType}, ${type}>`;
