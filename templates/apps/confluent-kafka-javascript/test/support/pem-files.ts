import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A self-signed certificate; it holds until 2126 and vouches for nothing. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBdDCCARugAwIBAgIURxpRKJQyMqczKrPpgSfxA9G11nowCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjQyMzM1MTJaGA8yMTI2MTAzMTIzMzUx
MlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKJj
6pXr9Cf41q6+WuIvDJz62+bFeW3g47XmuHqvbZwJK5kDpX175Hhtbhaw2tckOSpx
XCiEqijl55giAer/LPCjUzBRMB0GA1UdDgQWBBSHBLD8y6EAx1rX3MfFScKP67Y1
WjAfBgNVHSMEGDAWgBSHBLD8y6EAx1rX3MfFScKP67Y1WjAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCIAKudPfCEe1TjQGXKuW/ZyjprMvOe5HSrKvZ
FqCMk/5xAiAcIdoL7wLSHyYCazgrbqUqE/Y/nRzubO7iYE/YMfQYVw==
-----END CERTIFICATE-----
`;

/** Files as the settings want them, gone after the tests. */
export function pemFiles() {
  const directory = mkdtempSync(join(tmpdir(), 'platform-app-'));
  after(() => {
    rmSync(directory, { recursive: true });
  });
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const write = (name: string, text: string) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    certificateFile: write('certificate.pem', certificate),
    keyFile: write('key.pem', privateKey),
    otherFile: write('notes.txt', 'not a certificate'),
  };
}
