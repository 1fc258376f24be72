import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
  status: number;
  text: string;
}

export type Post = (body: string) => Promise<Answer>;

const TIMEOUT_MS = 60_000;

/** Posts JSON over connections that stay open, with less work for each event than fetch has. */
export function openConnection(url: URL): Post {
  const secure = url.protocol === 'https:';
  const request = secure ? httpsRequest : httpRequest;
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true });
  return (body) =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const outgoing = request(url, { method: 'POST', agent, headers, timeout: TIMEOUT_MS });
      outgoing.on('error', reject);
      outgoing.on('timeout', () => outgoing.destroy(new Error('The producer does not answer.')));
      outgoing.on('response', (response: IncomingMessage) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
      });
      outgoing.end(body);
    });
}
