import type { Reader } from './reader.ts';

/** PEM (RFC 7468) without a passphrase; its Base64 tells it from an example that was cut short. */
const clear =
  /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----\r?\n(?!Proc-Type)[A-Za-z0-9+/=\r\n]{100,20000}-----END \1-----/;

export const privateKey: Reader = {
  files: /\.(pem|key|crt|cer)$/i,
  mentions: /PRIVATE KEY-----/,
  read(file) {
    const found = clear.exec(file.text);
    if (!found || !isOfKafka(file.path)) return {};
    const header = found[0].indexOf('\n');
    return { privateKeys: [{ at: file.place(found.index, found.index + header) }] };
  },
};

/** Others have keys too. */
const isOfKafka = (path: string): boolean => /kafka|broker|connect|schema-registry/i.test(path);
