import { resolveAnswers } from '../../src/answers/resolve.ts';
import { type Answers, draftBlueprint } from '../../src/blueprint/draft.ts';
import type { Blueprint } from '../../src/blueprint/schema.ts';
import { available, type UseCaseId } from '../../src/catalog/choices.ts';

/** What `krafter new shop` answers, with some answers given. */
const answers = (given: Partial<Answers> = {}): Answers => ({
  ...resolveAnswers('shop', given, {}),
  ...given,
});

export const draft = (given: Partial<Answers> = {}): Blueprint => draftBlueprint(answers(given));

/** Every combination of answers that the files depend on, for one use case. */
export const everyDraft = (useCase: UseCaseId): Blueprint[] =>
  available.tier.flatMap((tier) =>
    available.deploy.flatMap((deploy) =>
      available.security.flatMap((security) =>
        available.monitoring.map((monitoring) =>
          draft({ useCase, tier, deploy, security, monitoring }),
        ),
      ),
    ),
  );
