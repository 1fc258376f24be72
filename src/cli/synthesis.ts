import { join } from 'node:path';
import { parseBlueprint, readBlueprint } from '../blueprint/load.ts';
import { blueprintFile } from '../blueprint/write.ts';
import { type Plan, planWrite } from '../project/index.ts';
import { synthesize } from '../synthesis.ts';
import { krafterVersion } from './version.ts';

/** What `synth` would do to a project; writes nothing. */
export function plannedSynthesis(folder: string): Promise<Plan> {
  const text = readBlueprint(join(folder, blueprintFile));
  const artifacts = synthesize(parseBlueprint(text, blueprintFile), text);
  return planWrite(folder, artifacts, { krafter: krafterVersion });
}
