import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsDocument, clientsPath } from '../../scripts/clients.ts';
import { type CheckResult, type Conformance, conformance } from '../../src/catalog/conformance.ts';

const path = join(import.meta.dirname, '../../src/catalog/conformance.json');

/** Results of this run in place of those that the same checks had; the rest stays. */
export async function record(
  results: ReadonlyMap<string, ReadonlyMap<number, CheckResult>>,
): Promise<void> {
  const merged: Record<string, Conformance[string]> = { ...conformance };
  for (const [client, own] of results)
    merged[client] = { ...merged[client], ...Object.fromEntries(own) };
  writeFileSync(path, `${JSON.stringify(merged, null, 2)}\n`);
  writeFileSync(clientsPath, await clientsDocument(merged));
}
