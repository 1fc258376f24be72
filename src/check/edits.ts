import type { Configuration, Setting } from '../landscape/facts/configuration.ts';
import type { Edit, Fix } from './rule.ts';
import { settingOf } from './settings.ts';

/** Another value at the place of the old one. */
export const valueEdit = ({ value, valueAt, bare }: Setting, text: string): Edit[] =>
  'known' in value && value.from === undefined && !(bare && !/^\d+$/.test(text))
    ? [{ at: valueAt, text, was: value.known }]
    : [];

/** Another key, in the form in which the file has the old one; none where that isn't known. */
function keyEdit({ key, written = key, keyAt }: Setting, name: string): Edit[] {
  if (written === key) return [{ at: keyAt, text: name, was: key }];
  const variable = (of: string) => of.toUpperCase().replaceAll('.', '_');
  if (!written.endsWith(variable(key))) return [];
  const prefix = written.slice(0, -variable(key).length);
  return [{ at: keyAt, text: prefix + variable(name), was: written }];
}

/** The setting goes, with its line. */
export const lineEdit = ({ keyAt, valueAt }: Setting): Edit[] => [
  {
    at: { ...keyAt, endLine: valueAt.endLine, endColumn: valueAt.endColumn },
    text: '',
    whole: 'line',
  },
];

/** Without edits there is no fix; with a key that is set already there would be two. */
export const fixOf = (safe: boolean, says: string, edits: readonly Edit[]): { fix?: Fix } =>
  edits.length === 0 ? {} : { fix: { safe, says, edits } };

/** Another key for one that is not set yet. */
export const renaming = (configuration: Configuration, setting: Setting, name: string): Edit[] =>
  settingOf(configuration, name) ? [] : keyEdit(setting, name);
