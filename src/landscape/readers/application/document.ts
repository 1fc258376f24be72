import { type FlatEntry, flatProperties, flatYaml } from '../../../files/formats/flat.ts';
import { yamlDocuments } from '../../../files/formats/yaml.ts';
import type { Project, ProjectFile } from '../../../files/project-file.ts';
import type { Setting } from '../../facts/configuration.ts';
import { filledIn, plain } from './placeholder.ts';

/** Settings of an application that hold together: all of them, or those of one profile. */
export type Document = {
  readonly file: ProjectFile;
  /** `prod`; undefined where they hold for all. */
  readonly profile?: string;
  /** What stands here. */
  readonly own: readonly FlatEntry[];
  /** What stands here, and beneath it what the application sets for all profiles. */
  readonly all: readonly FlatEntry[];
  /** An entry as the setting of a Kafka key. */
  readonly setting: (key: string, entry: FlatEntry) => Setting;
};

type Part = { readonly profile?: string; readonly entries: readonly FlatEntry[] };

/** The documents of a file, each on top of what holds for all profiles. */
export async function documentsOf(file: ProjectFile, project: Project): Promise<Document[]> {
  const parts = await partsOf(file);
  const common = await commonOf(file, parts, project);
  return parts.map(({ profile, entries }) => {
    const own = joined(entries);
    if (profile === undefined) return { file, own, all: own, setting: settingIn(entries) };
    const all = over(common, entries);
    return { file, profile, own, all: joined(all), setting: settingIn(all) };
  });
}

function settingIn(entries: readonly FlatEntry[]): Document['setting'] {
  const texts = new Map(entries.map(({ key, text }) => [plain(key), text]));
  return (key, { key: written, text, keyAt, valueAt }) => ({
    key,
    ...(written !== key && { written }),
    value: filledIn(text, (name) => texts.get(name)),
    keyAt,
    valueAt,
  });
}

/** Lists of texts as Kafka reads them: `bootstrap-servers[0]` and `[1]` become one, with a comma. */
function joined(entries: readonly FlatEntry[]): FlatEntry[] {
  const found: FlatEntry[] = [];
  for (const entry of entries) {
    const key = entry.key.replace(/\[\d+\]$/, '');
    const last = found.at(-1);
    if (key === entry.key || last?.key !== key) found.push({ ...entry, key });
    else {
      const { endLine, endColumn } = entry.valueAt;
      const valueAt = { ...last.valueAt, endLine, endColumn };
      found[found.length - 1] = { ...last, text: `${last.text},${entry.text}`, valueAt };
    }
  }
  return found;
}

async function partsOf(file: ProjectFile): Promise<Part[]> {
  const ofFile = /^(?:application|bootstrap)-([\w-]+)\./.exec(file.name)?.[1];
  const found = file.name.endsWith('.properties')
    ? propertiesParts(file)
    : (await yamlDocuments(file, /./)).map((root) => ({ entries: flatYaml(root) }));
  const parts = found.map(({ entries }): Part => {
    const profile = profileOf(entries) ?? ofFile;
    return { ...(profile !== undefined && { profile }), entries };
  });
  return [...byQuarkusProfile(parts)];
}

/** Spring Boot splits a `.properties` file at `#---` or `!---`. */
function propertiesParts(file: ProjectFile): Part[] {
  const borders = [...file.text.matchAll(/^[#!]---[ \t]*\r?$/gm)].map(({ index }) =>
    file.lineAt(index),
  );
  const parts: FlatEntry[][] = [[], ...borders.map(() => [])];
  let part = 0;
  for (const entry of flatProperties(file)) {
    while (entry.keyAt.line > (borders[part] ?? Number.POSITIVE_INFINITY)) part++;
    parts[part]?.push(entry);
  }
  return parts.map((entries) => ({ entries }));
}

const profileKeys = new Set([
  'spring.config.activate.onprofile',
  'spring.profiles',
  'spring.config.activate.oncloudplatform',
]);

function profileOf(entries: readonly FlatEntry[]): string | undefined {
  return entries.find(({ key }) => profileKeys.has(plain(key).replace(/\[\d+\]$/, '')))?.text;
}

/** `%prod.kafka.bootstrap.servers`, or a map below `"%prod"`. */
function* byQuarkusProfile(parts: readonly Part[]): Generator<Part> {
  for (const { profile, entries } of parts) {
    const profiles = new Map<string | undefined, FlatEntry[]>([[profile, []]]);
    for (const entry of entries) {
      const [whole = '', names] = /^"?%([\w,-]+)"?\./.exec(entry.key) ?? [];
      const key = names ?? profile;
      const list = profiles.get(key) ?? [];
      list.push(names === undefined ? entry : { ...entry, key: entry.key.slice(whole.length) });
      profiles.set(key, list);
    }
    for (const [name, own] of profiles)
      yield { ...(name !== undefined && { profile: name }), entries: own };
  }
}

/** What this file, or the one without a profile beside it, sets for all profiles. */
async function commonOf(
  file: ProjectFile,
  parts: readonly Part[],
  project: Project,
): Promise<FlatEntry[]> {
  if (parts.every(({ profile }) => profile === undefined)) return [];
  const own = parts.filter(({ profile }) => profile === undefined);
  const stem = /^(application|bootstrap)-/.exec(file.name)?.[1];
  if (stem === undefined) return own.flatMap(({ entries }) => [...entries]);
  const folder = file.path.slice(0, file.path.length - file.name.length);
  const found: FlatEntry[] = [];
  for (const suffix of ['properties', 'yml', 'yaml']) {
    const beside = project.file(`${folder}${stem}.${suffix}`);
    if (!beside) continue;
    try {
      for (const { profile, entries } of await partsOf(beside))
        if (profile === undefined) found.push(...entries);
    } catch {
      // It is told of when its own turn comes.
    }
  }
  return found;
}

/** Without what is set above again. */
function over(below: readonly FlatEntry[], above: readonly FlatEntry[]): FlatEntry[] {
  const set = new Set(above.map(({ key }) => plain(key)));
  return [...below.filter(({ key }) => !set.has(plain(key))), ...above];
}
