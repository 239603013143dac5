import { describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import type { Message } from '../../gateway/operations/messages.ts';
import { appAlone } from './app-alone.ts';

describe('the app behind no TLS at all', () => {
  it('knows nobody, whatever a header says', async () => {
    const app = await appAlone();
    for (const path of ['/v1/disclosures', '/v1/contact-requests']) {
      const reply = await supertest(app).post(path).set('x-client-cert', 'CN=police').send({});
      expect(reply.status).toBe(401);
      expect(JSON.parse(reply.text)).toMatchObject({ code: 'certificate-missing' });
      expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    }
  });

  it('a bug is a 500 that says nothing of itself, and one message with its place', async () => {
    const said: Message[] = [];
    const app = await appAlone({
      say: (_level, message) => void said.push(message),
      register: () => {
        throw new TypeError('Zanzibar: cannot read a property of undefined');
      },
    });
    const reply = await supertest(app).post('/v1/contact-requests').send({ reason: 'Zanzibar' });
    expect(reply.status).toBe(500);
    expect(JSON.parse(reply.text)).toMatchObject({ code: 'internal', status: 500 });
    expect(reply.text).not.toMatch(/Zanzibar|property|\.ts|stack/u);
    expect(said).toMatchObject([{ message: 'internal-fault', errorName: 'TypeError' }]);
    expect(JSON.stringify(said)).not.toContain('Zanzibar');
  });

  it('every answer forbids being framed, run, sniffed or kept', async () => {
    const app = await appAlone();
    for (const path of ['/live', '/nowhere', '/openapi.json', '/v1/disclosures', '/oauth/nowhere']) {
      const { headers } = await supertest(app).get(path);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        'referrer-policy': 'no-referrer',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('etag');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });
});
