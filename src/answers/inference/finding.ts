import type {
  ClientId,
  Deployment,
  Language,
  Monitoring,
  Registry,
  Security,
  Tier,
  UseCaseId,
} from '../../catalog/choices.ts';
import type { ConnectorId } from './known/connectors.ts';

/** What can be inferred, and the type of its value. */
export type Answers = {
  language: Language;
  client: ClientId;
  useCase: UseCaseId;
  tier: Tier;
  deployment: Deployment;
  security: Security;
  monitoring: Monitoring;
  registry: Registry;
  connector: ConnectorId;
  topic: string;
  event: string;
};
export type Answer = keyof Answers;

/**
 * declared: a dependency or a configuration says so.
 * used: code does so.
 * hinted: it fits, and nothing more (a development dependency, a manifest without Kafka).
 */
export const strengths = ['declared', 'used', 'hinted'] as const;
export type Strength = (typeof strengths)[number];

type ClueOf<A extends Answer> = {
  readonly answer: A;
  readonly value: Answers[A];
  readonly line: number;
  /** A clause that goes on from "because it ...". */
  readonly why: string;
  readonly strength: Strength;
};
/** What one reader says about one file. */
export type Clue = { [A in Answer]: ClueOf<A> }[Answer];

/** A clue with its place; file and excerpt are safe to print. */
export type Finding = Clue & { readonly file: string; readonly excerpt: string };

export type { Note } from '../../files/walk.ts';
