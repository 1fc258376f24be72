import manifest from '../../package.json' with { type: 'json' };

/** Of the installed package. */
export const krafterVersion: string = manifest.version;
