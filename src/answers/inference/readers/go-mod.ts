import { type Dependency, manifestClues } from '../known/dependencies.ts';
import type { Reader } from './reader.ts';

// https://go.dev/ref/mod#go-mod-file
export const goMod: Reader = {
  files: /(^|\/)go\.mod$/,
  read(file) {
    const dependencies: Dependency[] = [];
    let moduleLine: number | undefined;
    let block = '';
    for (const [index, text] of file.text.split(/\r?\n/).entries()) {
      const opened = /^(\w+)\s*\(\s*(\/\/.*)?$/.exec(text)?.[1];
      if (opened) block = opened;
      else if (/^\s*\)/.test(text)) block = '';
      else if (/^module\s/.test(text)) moduleLine ??= index + 1;
      // What others need, this project doesn't use.
      else if (!/\/\/\s*indirect\b/.test(text)) {
        const directive = block === 'require' ? /^\s*(\S+)\s+v/ : /^require\s+(\S+)\s+v/;
        const name = block === 'require' || block === '' ? directive.exec(text)?.[1] : undefined;
        if (name && !name.startsWith('//'))
          dependencies.push({ language: 'go', name, line: index + 1 });
      }
    }
    const otherwise = moduleLine ? { line: moduleLine, why: 'is a Go module' } : undefined;
    return manifestClues('go', dependencies, otherwise);
  },
};
