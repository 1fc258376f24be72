import { draftBlueprint } from '../../../src/blueprint/draft.ts';
import type { Blueprint } from '../../../src/blueprint/schema.ts';
import { available, clients, isAvailable, useCaseIds } from '../../../src/catalog/choices.ts';

export type Combination = { readonly name: string; readonly blueprint: Blueprint };

/** One client of each language: what a README says of the others, a test of their manifests holds. */
const generated = clients.filter(({ id, preferred }) => preferred && isAvailable(id));

/** Every project that this release generates. */
export const combinations: readonly Combination[] = available.tier.flatMap((tier) =>
  available.deploy.flatMap((deploy) =>
    available.security.flatMap((security) =>
      available.monitoring.flatMap((monitoring) =>
        available.registry.flatMap((registry) =>
          generated.flatMap(({ id: client, language }) =>
            useCaseIds.map((useCase) => ({
              name: `tier ${tier}, ${deploy}, security ${security}, monitoring ${monitoring}, ${client}, ${useCase}`,
              blueprint: draftBlueprint({
                name: 'shop',
                tier,
                useCase,
                language,
                client,
                deploy,
                security,
                monitoring,
                registry,
              }),
            })),
          ),
        ),
      ),
    ),
  ),
);
