import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientId, UseCaseId } from '../../src/catalog/choices.ts';
import { mustRun } from '../support/krafter.ts';

/** All use cases, or what is generated for one of them. */
export type Subject = 'as it lies' | UseCaseId;

/**
 * What of a kit is asked: the kit as it lies has every use case in it. What is generated for one is
 * the same files; that they still belong together shows in its types.
 */
export async function layOut(client: ClientId, subject: Subject, folder: string): Promise<string> {
  if (subject !== 'as it lies') {
    await mustRun(['new', 'shop', '--yes', '--client', client, '--use-case', subject], folder);
    return join(folder, 'shop', 'app');
  }
  const app = join(folder, 'app');
  const kit = join(import.meta.dirname, '../../templates/apps', client);
  const made =
    /\/(node_modules|target|dist|__pycache__|\.[^/]+_cache|\.venv|[^/]+\.egg-info)(\/|$)/;
  cpSync(kit, app, { recursive: true, filter: (path) => !made.test(path.slice(kit.length)) });
  return app;
}
