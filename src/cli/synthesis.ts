import { join } from 'node:path';
import { parseBlueprint, readBlueprint } from '../blueprint/load.ts';
import { blueprintFile } from '../blueprint/write.ts';
import { type Plan, planWrite } from '../project/index.ts';
import { synthesize } from '../synthesis.ts';
import { identityNotes } from './identity.ts';
import { krafterVersion } from './version.ts';

/** What `synth` would do to a project, and what its owner should know before; writes nothing. */
export async function plannedSynthesis(
  folder: string,
): Promise<{ readonly plan: Plan; readonly notes: readonly string[] }> {
  const text = readBlueprint(join(folder, blueprintFile));
  const artifacts = synthesize(parseBlueprint(text, blueprintFile), text);
  const plan = await planWrite(folder, artifacts, { krafter: krafterVersion });
  return { plan, notes: identityNotes(plan.lock, artifacts) };
}
