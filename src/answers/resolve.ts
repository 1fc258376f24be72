import type { Answers } from '../blueprint/draft.ts';
import {
  available,
  type ClientId,
  clients,
  type Deployment,
  defaults,
  isAvailable,
  type Language,
  type Monitoring,
  type Registry,
  type Security,
  type Tier,
  type UseCaseId,
} from '../catalog/choices.ts';
import { refuse } from '../errors.ts';

/** What flags, files or prompts said; nothing for what they left open. */
export type Given = {
  readonly tier?: Tier | undefined;
  readonly useCase?: UseCaseId | undefined;
  readonly language?: Language | undefined;
  readonly client?: ClientId | undefined;
  readonly deploy?: Deployment | undefined;
  readonly security?: Security | undefined;
  readonly monitoring?: Monitoring | undefined;
  readonly registry?: Registry | undefined;
};

/** A client and another language than its own. */
export function refuseContradiction({ client, language }: Given): void {
  const named = clients.find(({ id }) => id === client);
  if (!named || !language || named.language === language) return;
  const own = clients.find(({ id, language: its }) => its === language && isAvailable(id));
  throw refuse({
    what: `--client ${named.id} is a client for ${named.language}, not for ${language}.`,
    where: '--client',
    next: own ? `--client ${own.id}, or --lang ${named.language}` : `--lang ${named.language}`,
  });
}

/** Choices that exist but can not be generated yet are refused by name of the flag. */
export function refuseUnavailable(given: Given): void {
  const asked = { ...given, lang: given.language };
  for (const [flag, choices] of Object.entries(available)) {
    const value = asked[flag as keyof typeof asked];
    if (value === undefined || (choices as readonly unknown[]).includes(value)) continue;
    throw refuse({
      what: `--${flag} ${value} is not available yet; today: ${choices.join(', ')}.`,
      where: `--${flag}`,
      next: `Choose one of ${choices.join(', ')}.`,
    });
  }
}

/** Of what was found in files, what can be generated; the rest is told and left out. */
export function onlyAvailable(
  found: Given,
  given: Given,
): { usable: Given; unavailable: string[] } {
  const unavailable: string[] = [];
  // A language brings its own client, and a client its language.
  const { client, language } = given;
  const answered = { ...given, client: client ?? language, language: language ?? client };
  const keep = <K extends keyof Given>(key: K, flag: keyof typeof available): Given[K] => {
    const value = found[key];
    if (value === undefined || (available[flag] as readonly unknown[]).includes(value))
      return value;
    // What a flag answers is not left to the default.
    if (answered[key] === undefined) unavailable.push(String(value));
    return undefined;
  };
  const usable = {
    tier: keep('tier', 'tier'),
    useCase: found.useCase,
    language: keep('language', 'lang'),
    client: keep('client', 'client'),
    deploy: keep('deploy', 'deploy'),
    security: keep('security', 'security'),
    monitoring: keep('monitoring', 'monitoring'),
    registry: keep('registry', 'registry'),
  };
  return { usable, unavailable };
}

/** Every answer: what was given first, then what files show, then the default. */
export function resolveAnswers(name: string, given: Given, found: Given): Answers {
  const tier = given.tier ?? found.tier ?? defaults.tier;
  const { language, client } = resolveClient(given, found);
  const usual = tier > 1 ? defaults.production : defaults.development;
  return {
    name,
    tier,
    useCase: given.useCase ?? found.useCase ?? defaults.useCase,
    language,
    client,
    deploy: given.deploy ?? found.deploy ?? defaults.deploy,
    security: given.security ?? atLeast(found.security, usual.security),
    monitoring: given.monitoring ?? found.monitoring ?? usual.monitoring,
    registry: given.registry ?? defaults.registry,
  };
}

/** A file may show an unsecured development set-up; that is no wish for production without security. */
const atLeast = (found: Security | undefined, least: Security): Security =>
  found === undefined || found === 'none' ? least : found;

function resolveClient(given: Given, found: Given): { language: Language; client: ClientId } {
  const named = clients.find(({ id }) => id === given.client);
  if (named) return { language: named.language, client: named.id };
  const language = given.language ?? found.language ?? defaults.language;
  const seen = clients.find(({ id }) => id === found.client && !given.client);
  if (seen?.language === language) return { language, client: seen.id };
  const preferred = clients.find((client) => client.language === language && client.preferred);
  if (!preferred) throw new Error(`no client for ${language}`);
  return { language, client: preferred.id };
}
