import { allTypes, type ProtobufSchema, type ProtoMessage, type ProtoType } from './model.ts';

export type Group = 'varint' | 'zigzag' | 'text' | 'fixed32' | 'fixed64' | 'float' | 'double';

/** Scalars that are read as each other ("Updating a Message Type"). */
const groups = new Map<string, Group>(
  Object.entries({
    ...{ int32: 'varint', int64: 'varint', uint32: 'varint', uint64: 'varint', bool: 'varint' },
    ...{ sint32: 'zigzag', sint64: 'zigzag', string: 'text', bytes: 'text' },
    ...{ fixed32: 'fixed32', sfixed32: 'fixed32', fixed64: 'fixed64', sfixed64: 'fixed64' },
    ...{ float: 'float', double: 'double' },
  } as const),
);

/** What names mean in a file and in those that it imports. */
export class Scope {
  readonly #types = new Map<string, ProtoType>();
  readonly #package: string;

  constructor({ file, imported }: ProtobufSchema) {
    this.#package = file.package ?? '';
    for (const one of [...imported.values(), file])
      for (const type of allTypes(one.types))
        this.#types.set(one.package ? `${one.package}.${type.path}` : type.path, type);
  }

  /** A scalar, or defined here or in what was imported. */
  knows(name: string, within: ProtoMessage): boolean {
    return groups.has(name) || this.#resolved(name, within) !== undefined;
  }

  /** Enums are numbers; undefined is a message, or unknown. */
  groupOf(name: string, within: ProtoMessage): Group | undefined {
    const scalar = groups.get(name);
    if (scalar) return scalar;
    const full = this.#resolved(name, within);
    return full !== undefined && this.#types.get(full)?.kind === 'enum' ? 'varint' : undefined;
  }

  /** Without the package that the file itself has. */
  nameOf(name: string, within: ProtoMessage): string {
    const full = this.#resolved(name, within) ?? name.replace(/^\./, '');
    return this.#package !== '' && full.startsWith(`${this.#package}.`)
      ? full.slice(this.#package.length + 1)
      : full;
  }

  /** From the innermost message outwards, then through the package. */
  #resolved(name: string, within: ProtoMessage): string | undefined {
    if (name.startsWith('.')) return this.#types.has(name.slice(1)) ? name.slice(1) : undefined;
    const around = [this.#package, within.path]
      .filter((part) => part !== '')
      .join('.')
      .split('.');
    for (let length = around.length; length >= 0; length--) {
      const candidate = [...around.slice(0, length), name].filter((part) => part !== '').join('.');
      if (this.#types.has(candidate)) return candidate;
    }
    return undefined;
  }
}
