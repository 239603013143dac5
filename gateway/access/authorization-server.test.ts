import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import requestContext from 'oidc-provider/lib/helpers/als.js';
import { makeAuthorizationServer } from './authorization-server.ts';

const server = createServer();
let url = '';

beforeAll(async () => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const handle = makeAuthorizationServer({
    issuer: 'https://gateway.example/oauth',
    audience: 'https://gateway.example',
    signingKeys: [{ ...(await exportJWK(privateKey)), kid: 'one', alg: 'ES256', use: 'sig' }],
    sanUriOf: () => undefined,
    admittedSanUri: () => undefined,
  });
  server.on('request', (request, response) => void handle(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(() => {
  server.close();
});

/** From 24 on Node keeps asynchronous context without hooking promises, so there is nothing to switch off. */
const hooksPromises = Number(process.versions.node.split('.')[0]) < 24;

describe('the authorization server', () => {
  (hooksPromises ? it : it.skip)('leaves no hook on the promises of the process once it has answered', async () => {
    requestContext.enterWith('switched on');
    expect(requestContext.getStore()).toBe('switched on');

    const answers = await Promise.all([fetch(`${url}/jwks`), fetch(`${url}/jwks`)]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await new Promise((resolve) => setImmediate(resolve));
    // It reads nothing any more, though it was entered here: it is switched off.
    expect(requestContext.getStore()).toBeUndefined();
  });
});
