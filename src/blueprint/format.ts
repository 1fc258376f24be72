/** Of the format of krafter.yaml. */
export const blueprintVersion = 1;

/** DNS label: it names containers, users, groups and folders. */
export const namePattern = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;
