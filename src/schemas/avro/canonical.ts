import { type AvroType, isNamed } from './model.ts';

/** Parsing Canonical Form (Avro specification): what two schemas must share to read alike. */
export function canonicalAvro(root: AvroType): string {
  const seen = new Set<string>();
  return form(root);

  function form(type: AvroType): string {
    if (type.kind === 'unresolved') return quoted(type.fullName);
    if (isNamed(type)) {
      if (seen.has(type.fullName)) return quoted(type.fullName);
      seen.add(type.fullName);
    }
    switch (type.kind) {
      case 'union':
        return `[${type.branches.map(form).join(',')}]`;
      case 'array':
        return `{"type":"array","items":${form(type.items)}}`;
      case 'map':
        return `{"type":"map","values":${form(type.values)}}`;
      case 'fixed':
        return `{"name":${quoted(type.fullName)},"type":"fixed","size":${type.size}}`;
      case 'enum':
        return `{"name":${quoted(type.fullName)},"type":"enum","symbols":[${type.symbols.map(quoted).join(',')}]}`;
      case 'record': {
        const fields = type.fields.map(
          (field) => `{"name":${quoted(field.name)},"type":${form(field.type)}}`,
        );
        return `{"name":${quoted(type.fullName)},"type":"record","fields":[${fields.join(',')}]}`;
      }
      default:
        return quoted(type.kind);
    }
  }
}

/** Names have no character that JSON would escape. */
const quoted = (name: string) => `"${name}"`;

const empty = 0xc15d213aa4d7a795n;

const table = Array.from({ length: 256 }, (_, index) => {
  let fingerprint = BigInt(index);
  for (let bit = 0; bit < 8; bit++)
    fingerprint = (fingerprint >> 1n) ^ (fingerprint & 1n ? empty : 0n);
  return fingerprint;
});

/** CRC-64-AVRO of the canonical form, sixteen hexadecimal digits, the most significant first. */
export function fingerprintAvro(root: AvroType): string {
  let fingerprint = empty;
  for (const byte of Buffer.from(canonicalAvro(root), 'utf8'))
    fingerprint = (fingerprint >> 8n) ^ (table[Number((fingerprint ^ BigInt(byte)) & 0xffn)] ?? 0n);
  return fingerprint.toString(16).padStart(16, '0');
}
