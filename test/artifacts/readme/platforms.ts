import { draftBlueprint } from '../../../src/blueprint/draft.ts';
import type { Blueprint } from '../../../src/blueprint/schema.ts';
import { available, clients, useCaseIds } from '../../../src/catalog/choices.ts';

export type Combination = { readonly name: string; readonly blueprint: Blueprint };

/** Every project that this release generates. */
export const combinations: readonly Combination[] = available.tier.flatMap((tier) =>
  available.deploy.flatMap((deploy) =>
    available.security.flatMap((security) =>
      available.monitoring.flatMap((monitoring) =>
        available.registry.flatMap((registry) =>
          available.client.flatMap((client) =>
            useCaseIds.map((useCase) => {
              const { language } = clients.find(({ id }) => id === client)!;
              return {
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
              };
            }),
          ),
        ),
      ),
    ),
  ),
);
