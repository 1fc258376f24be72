/** What a long operation tells while it runs; the terminal, tests and `--json` listen. */
export type ProgressEvent =
  | { readonly kind: 'step'; readonly text: string }
  /** `of` is the text of the step that ended. */
  | { readonly kind: 'done'; readonly of: string; readonly text: string }
  | { readonly kind: 'note'; readonly text: string };

export type Progress = (event: ProgressEvent) => void;

/** Runs a step that is announced, and followed by its figures. */
export async function step<T>(
  progress: Progress,
  text: string,
  run: () => Promise<T>,
  figures: (result: T, seconds: number) => string = (_, seconds) =>
    `${text}: ${seconds.toFixed(1)} s`,
): Promise<T> {
  progress({ kind: 'step', text });
  const start = performance.now();
  const result = await run();
  progress({ kind: 'done', of: text, text: figures(result, (performance.now() - start) / 1000) });
  return result;
}
