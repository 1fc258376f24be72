import { isObject, json, jsonKeys } from '../../../files/formats/json.ts';
import type { Dependency } from '../../facts/dependency.ts';
import type { Reader } from '../reader.ts';

const sections = {
  dependencies: false,
  optionalDependencies: false,
  peerDependencies: false,
  devDependencies: true,
} as const;

/** Dependencies of a package.json. */
export const npm: Reader = {
  files: /(^|\/)package\.json$/,
  mentions: /ependencies"/,
  read(file) {
    const document = json(file);
    if (!isObject(document)) return {};
    const keys = jsonKeys(file);
    const dependencies = Object.entries(sections).flatMap(([section, development]) => {
      const entries = document[section];
      if (!isObject(entries)) return [];
      return Object.entries(entries).map(
        ([name, version]): Dependency => ({
          from: 'npm',
          name,
          ...(typeof version === 'string' && { version: { known: version } }),
          at: keys.get(`${section}/${name}`) ?? file.place(0, 0),
          ...(development && { development: true }),
        }),
      );
    });
    return { dependencies };
  },
};
