import { isObject, json, jsonKeyLines } from '../../../files/formats/json.ts';
import { propertyLines } from '../../../files/formats/properties.ts';
import type { Clue } from '../finding.ts';
import { connectorOf } from '../known/connectors.ts';
import type { Reader } from './reader.ts';

// As posted to Connect's REST interface, with or without its {name, config} around.
export const connectorJson: Reader = {
  files: /\.json$/i,
  mentions: /"connector\.class"/,
  read(file) {
    const document = json(file);
    if (!isObject(document)) return [];
    const inner = isObject(document.config) ? document.config : document;
    const key = `${inner === document ? '' : 'config/'}connector.class`;
    const line = jsonKeyLines(file).get(key) ?? 1;
    return connectorClues(String(inner['connector.class'] ?? ''), line);
  },
};

export const connectorProperties: Reader = {
  files: /\.properties$/i,
  mentions: /^[ \t]*connector\.class[ \t]*[=:]/m,
  read(file) {
    return propertyLines(file.text)
      .filter(({ key }) => key === 'connector.class')
      .flatMap(({ value, line }) => connectorClues(value, line));
  },
};

export function connectorClues(className: string, line: number): Clue[] {
  const known = connectorOf(className);
  if (!known) return [];
  const why = `configures ${className.split('.').at(-1)}`;
  const clues: Clue[] = [];
  if (known.connector) {
    clues.push({ answer: 'connector', value: known.connector, line, why, strength: 'declared' });
  }
  if (known.captures) {
    clues.push({ answer: 'useCase', value: 'cdc', line, why, strength: 'declared' });
  }
  return clues;
}
