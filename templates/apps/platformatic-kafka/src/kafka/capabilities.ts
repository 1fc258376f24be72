/**
 * The group protocols that each part can use with this client. Its transactions commit offsets with
 * the generation of a classic group; the member epoch that KIP-848 wants there isn't passed on.
 */
export const groupProtocols = {
  consumer: ['classic', 'consumer'],
  transformer: ['classic'],
} as const;

export const staticMembership = true as boolean;
