import { excerptOf } from '../../../files/formats/excerpt.ts';
import { isTemplate, literalPart } from '../../../files/formats/template.ts';
import { ProjectFile } from '../../../files/project-file.ts';
import type { Reader } from '../reader.ts';
import { factsOf } from './facts.ts';
import { openShell } from './interpret.ts';
import { mentionsTools } from './names.ts';
import { Scope } from './scope.ts';
import { toolCalls } from './tools.ts';

/** A shell script: by its name, or its first line. */
export const shellScript: Reader = {
  files: /\.(sh|bash|ksh|zsh)(\.(j2|tpl|tmpl|erb))?$|(^|\/)[^./]+$/,
  mentions: mentionsTools,
  async read(file) {
    const isScript = file.path.includes('.sh') || /\.(bash|ksh|zsh)\b/.test(file.path);
    if (!isScript && !/^#!.*\b(ba|da|z|k|a)?sh\b/.test(file.text)) return {};
    const { text } = isTemplate(file.text) ? literalPart(file.text) : file;
    const excerpt = excerptOf(new ProjectFile(file.path, text), [{ text, offset: 0 }]);
    return factsOf(toolCalls(await openShell(), excerpt, new Scope(() => undefined)));
  },
};
