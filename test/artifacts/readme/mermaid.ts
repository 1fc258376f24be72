// @ts-expect-error jsdom brings no types, and a window is all that is wanted of it.
import { JSDOM } from 'jsdom';

// Mermaid cleans labels with a DOM, also when it only parses.
const { window } = new JSDOM('');
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import('mermaid');

/** Rejects with Mermaid's own message where GitHub would show an error instead of a picture. */
export const parseDiagram = (text: string) => mermaid.parse(text);
