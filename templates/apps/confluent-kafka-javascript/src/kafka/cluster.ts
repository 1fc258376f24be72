import { errorFields, type Log } from '../service/log.ts';
import type { ConnectionSettings } from '../service/connection-settings.ts';
import { KafkaRefused } from './failures.ts';
import { OAuthTokens, type AccessToken } from './oauth-tokens.ts';

/** The brokers as this process reaches them: shared by all its Kafka clients. */
export class Cluster {
  readonly settings: ConnectionSettings;
  readonly log: Log;
  readonly #fail: (error: unknown) => void;
  readonly #tokens: OAuthTokens | undefined;
  readonly #contact = Promise.withResolvers<undefined>();
  #reached = false;

  constructor(settings: ConnectionSettings, log: Log, fail: (error: unknown) => void) {
    this.settings = settings;
    this.log = log;
    this.#fail = fail;
    const { security } = settings;
    this.#tokens = security.kind === 'oauth' ? new OAuthTokens(security.client) : undefined;
  }

  /** A broker answered: the credentials and the certificates are good. */
  reached(): void {
    this.#reached = true;
    this.#contact.resolve(undefined);
  }

  /** Resolves when a broker answers for the first time. */
  get contact(): Promise<undefined> {
    return this.#contact.promise;
  }

  /**
   * Credentials that never worked are a mistake in the set-up and end the process. Those that did
   * are tried again: a broker that is just starting may not know its users yet.
   */
  refused(refusal: KafkaRefused): void {
    if (this.#reached) {
      this.log.warn(errorFields(refusal), 'refused by a broker, trying again');
    } else {
      this.#fail(refusal);
    }
  }

  /** Ends the process, with the exit code that says why. */
  fail(error: unknown): void {
    this.#fail(error);
  }

  async token(): Promise<AccessToken> {
    if (!this.#tokens) {
      throw new Error('Only OAUTHBEARER has tokens.');
    }
    return this.#tokens.token();
  }
}
