/** Kafka refused for good: trying again with the same credentials, certificate or rights won't help. */
export class KafkaRefused extends Error {
  override name = 'KafkaRefused';
}

export type DeliveryFailure = 'too_large' | 'unauthorised' | 'unknown_topic' | 'timeout';

/** A record that was not delivered, and the kind of reason that a caller can act on. */
export class DeliveryFailed extends Error {
  override name = 'DeliveryFailed';
  readonly kind: DeliveryFailure;

  constructor(kind: DeliveryFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
