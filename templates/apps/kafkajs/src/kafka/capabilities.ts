/** The group protocols that each part can use: this client knows nothing of KIP-848. */
export const groupProtocols = {
  consumer: ['classic'],
  transformer: ['classic'],
} as const;

/** This client joins without a group instance id (KIP-345). */
export const staticMembership = false as boolean;
