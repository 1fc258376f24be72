import { excerptOf } from '../../../files/formats/excerpt.ts';
import type { Reader } from '../reader.ts';
import { connectorsIn } from './connectors.ts';

/** A connector, or several, as Connect takes them. */
export const connectorJson: Reader = {
  files: /\.json(\.(j2|tpl|tmpl|template))?$/,
  mentions: /"connector\.class"/,
  read(file) {
    const { text } = file;
    return { configurations: connectorsIn(excerptOf(file, [{ text, offset: 0 }])) };
  },
};
