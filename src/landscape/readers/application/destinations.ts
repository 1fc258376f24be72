import type { Located, Setting } from '../../facts/configuration.ts';

/** Each of a list of topics with a comma between, at its own place where it stands in one line. */
export function itemsOf({ value, valueAt }: Setting): Located[] {
  if ('unknown' in value || !value.known.includes(',')) return [{ value, at: valueAt }];
  const { line, column, endLine, endColumn } = valueAt;
  const isAsWritten = line === endLine && endColumn - column === value.known.length;
  let start = column;
  return value.known.split(',').flatMap((item) => {
    const name = item.trim();
    const from = start + item.indexOf(name);
    start += item.length + 1;
    if (name === '') return [];
    const at = isAsWritten ? { ...valueAt, column: from, endColumn: from + name.length } : valueAt;
    return [{ value: { ...value, known: name }, at }];
  });
}
