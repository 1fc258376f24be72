import { readProperties } from '../../files/formats/properties.ts';
import type { StructureMerge } from './structure.ts';

/** A setting with the comments and blank lines above it, all as written. */
type Setting = { readonly lead: string; readonly text: string; readonly value: string };
type Settings = { readonly settings: Map<string, Setting>; readonly rest: string };

/** Merges .properties by key; undefined when one of the texts repeats a key, or Java would not read it. */
export function mergeProperties(
  base: string,
  theirs: string,
  ours: string,
): StructureMerge | undefined {
  const [b, t, o] = [parse(base), parse(theirs), parse(ours)];
  if (!b || !t || !o) return undefined;
  const conflicts = changes(b, o).filter((key) => isConflict(key, b, t, o));
  const mine = apply(b, t, o, (key) => !conflicts.includes(key));
  if (conflicts.length === 0) return { kind: 'clean', text: mine };
  const krafters = apply(b, t, o, () => true);
  return { kind: 'conflict', keys: conflicts, mine, krafters };
}

export function propertiesValue(text: string): string | undefined {
  const parsed = parse(text);
  if (!parsed) return undefined;
  const pairs = [...parsed.settings].map(([key, { value }]) => [key, value]);
  return JSON.stringify(pairs.sort());
}

function parse(text: string): Settings | undefined {
  if (/\r(?!\n)/.test(text)) return undefined;
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const { entries, problems } = readProperties(whole);
  if (problems.length > 0) return undefined;
  const settings = new Map<string, Setting>();
  let done = 0;
  for (const { key, value, keyAt, end } of entries) {
    if (settings.has(key)) return undefined;
    const start = keyAt.offset - keyAt.column + 1;
    const next = whole.indexOf('\n', end.offset) + 1;
    settings.set(key, { lead: whole.slice(done, start), text: whole.slice(start, next), value });
    done = next;
  }
  return { settings, rest: whole.slice(done) };
}

const settingOf = ({ settings }: Settings, key: string) => settings.get(key)?.value;

const changes = (base: Settings, ours: Settings) =>
  [...new Set([...ours.settings.keys(), ...base.settings.keys()])].filter(
    (key) => settingOf(base, key) !== settingOf(ours, key),
  );

const isConflict = (key: string, base: Settings, theirs: Settings, ours: Settings) =>
  settingOf(theirs, key) !== settingOf(base, key) &&
  settingOf(theirs, key) !== settingOf(ours, key);

/** krafter's changes from base to ours, made in the person's lines, for the keys that `may`. */
function apply(b: Settings, t: Settings, o: Settings, may: (key: string) => boolean): string {
  const result = new Map(t.settings);
  const changed = changes(b, o).filter(
    (key) => may(key) && settingOf(t, key) !== settingOf(o, key),
  );
  const added: string[] = [];
  let orphaned = '';
  for (const key of changed) {
    const setting = o.settings.get(key);
    const there = result.get(key);
    if (!setting) {
      if (there && there.lead !== b.settings.get(key)?.lead) orphaned += there.lead;
      result.delete(key);
    } else if (there) result.set(key, { ...setting, lead: there.lead });
    else added.push(key);
  }
  for (const [key, setting] of result) {
    const lead = o.settings.get(key)?.lead;
    if (lead !== undefined && setting.lead === b.settings.get(key)?.lead)
      result.set(key, { ...setting, lead });
  }
  const rest = t.rest === b.rest ? o.rest : t.rest;
  return print(insert(result, added, o), orphaned + rest);
}

/** Each new setting after the one that it follows in krafter's file. */
function insert(result: Map<string, Setting>, added: string[], ours: Settings) {
  const order = [...ours.settings.keys()];
  const placed = [...result];
  const index = (key: string | undefined) => placed.findIndex(([there]) => there === key);
  const said = new Set(placed.flatMap(([, { lead }]) => lead.split('\n')));
  for (const key of added.sort((a, b) => order.indexOf(a) - order.indexOf(b))) {
    const setting = ours.settings.get(key) as Setting;
    const fresh = setting.lead.split('\n').slice(0, -1);
    const lead = fresh.filter((line) => line === '' || !said.has(line));
    const before = order.slice(0, order.indexOf(key)).findLast((other) => index(other) >= 0);
    const at = before === undefined ? 0 : index(before) + 1;
    placed.splice(at, 0, [key, { ...setting, lead: lead.map((line) => `${line}\n`).join('') }]);
  }
  return placed;
}

const print = (settings: [string, Setting][], rest: string) =>
  settings.map(([, { lead, text }]) => lead + text).join('') + rest;
