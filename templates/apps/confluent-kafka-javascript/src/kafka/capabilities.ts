/** The group protocols that each part can use with this client. */
export const groupProtocols = {
  consumer: ['classic', 'consumer'],
  transformer: ['classic', 'consumer'],
} as const;

export const staticMembership = true as boolean;
