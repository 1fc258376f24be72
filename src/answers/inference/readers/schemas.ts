import { blankComments } from '../../../files/formats/comments.ts';
import { isObject, json, jsonKeyLines } from '../../../files/formats/json.ts';
import type { Clue } from '../finding.ts';
import type { Reader } from './reader.ts';

const eventName = /^[A-Za-z_]\w{0,100}$/;

// https://avro.apache.org/docs/++version++/specification
export const avroSchema: Reader = {
  files: /\.avsc$/i,
  read(file) {
    const schema = json(file);
    if (!isObject(schema) || schema.type !== 'record' || typeof schema.name !== 'string') return [];
    const line = jsonKeyLines(file).get('name') ?? 1;
    const value = schema.name.split('.').at(-1) ?? '';
    if (!eventName.test(value)) return [];
    const why = 'is an Avro schema of a record';
    return [
      { answer: 'registry', value: 'avro', line, why, strength: 'hinted' },
      { answer: 'event', value, line, why, strength: 'declared' },
    ];
  },
};

// https://protobuf.dev/reference/protobuf/proto3-spec
export const protobufSchema: Reader = {
  files: /\.proto$/i,
  mentions: /\bmessage\s/,
  read(file) {
    const text = blankComments(file.text, 'c');
    // An interface of calls (gRPC), not of events.
    if (/^[ \t]*service[ \t]+\w+\s*\{/m.test(text)) return [];
    const messages = [...text.matchAll(/^message[ \t]+(\w{1,100})/gm)];
    const why = 'holds messages in Protobuf and no service';
    return messages.flatMap(({ index, 1: value = '' }, position): Clue[] => {
      const line = file.lineAt(index);
      const event: Clue = { answer: 'event', value, line, why, strength: 'declared' };
      const registry: Clue = {
        answer: 'registry',
        value: 'protobuf',
        line,
        why,
        strength: 'hinted',
      };
      return position === 0 ? [registry, event] : [event];
    });
  },
};
