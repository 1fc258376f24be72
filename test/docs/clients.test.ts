import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { clientsDocument, clientsPath } from '../../scripts/clients.ts';
import { available, clients } from '../../src/catalog/choices.ts';
import { conformance } from '../../src/catalog/conformance.ts';

test('docs/clients.md is what the conformance suite recorded', async () => {
  assert.equal(readFileSync(clientsPath, 'utf8'), await clientsDocument(conformance));
});

test('a client with a failed check, or without those that all are asked, is not offered', () => {
  for (const { id } of clients) {
    const results = conformance[id] ?? {};
    const failed = Object.values(results).some(({ result }) => result === 'failed');
    if (failed || Object.keys(results).length === 0) assert.ok(!available.client.includes(id), id);
  }
  assert.ok(available.client.length >= 5);
});
