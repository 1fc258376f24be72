import type { Dependency } from '../../facts/dependency.ts';
import type { Reader } from '../reader.ts';

/** What a go.mod requires itself; what others need for it is not its own choice. */
export const go: Reader = {
  files: /(^|\/)go\.mod$/,
  read(file) {
    const dependencies: Dependency[] = [];
    let block = '';
    let offset = 0;
    for (const line of file.text.split('\n')) {
      const [, opened] = /^(\w+)[ \t]*\([ \t]*(?:\/\/.*)?\r?$/.exec(line) ?? [];
      if (opened !== undefined) block = opened;
      else if (/^[ \t]*\)/.test(line)) block = '';
      else if (!/\/\/[ \t]*indirect\b/.test(line)) {
        const inBlock = block === 'require' ? /^([ \t]*)([^\s/]\S*)[ \t]+(v\S+)/.exec(line) : null;
        const found = inBlock ?? /^(require[ \t]+)(\S+)[ \t]+(v\S+)/.exec(line);
        if (found) {
          const [, before = '', name = '', version = ''] = found;
          const start = offset + before.length;
          const at = file.place(start, start + name.length);
          dependencies.push({ from: 'go', name, version: { known: version }, at });
        }
      }
      offset += line.length + 1;
    }
    return { dependencies };
  },
};
