import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAgencyClient, pathSegment, type AgencyClient } from './agency-client.ts';
import { makeTestPki, type TestPki } from '../../test/agencies/pki.ts';
import { startSimulator, type Fault, type Simulator } from '../../test/agencies/simulator.ts';

let pki: TestPki;
let simulator: Simulator;
let client: AgencyClient;

beforeAll(async () => {
  pki = await makeTestPki();
  const server = await pki.server('agency');
  const gateway = await pki.client('gateway');
  simulator = await startSimulator({
    name: 'agency',
    tls: { cert: server.certificatePem, key: server.keyPem, clientCa: pki.authority.certificatePem },
    handle: () => ({ status: 200, json: { results: [] } }),
  });
  client = makeAgencyClient({
    baseUrl: simulator.url,
    tls: { ca: pki.authority.certificatePem, cert: gateway.certificatePem, key: gateway.keyPem },
  });
});

afterAll(async () => {
  await client.close();
  await simulator.stop();
});

const pem = ({ certificatePem: cert, keyPem: key }: { certificatePem: string; keyPem: string }) => ({ cert, key });

const ask = (timeoutMs = 1_000, signal = new AbortController().signal) =>
  client.request({ method: 'GET', path: '/v1/things', signal, timeoutMs });

describe('an agency over HTTPS', () => {
  it('answers JSON as a value', async () => {
    expect(await ask()).toMatchObject({ ok: true, value: { status: 200, json: { results: [] } } });
  });

  const faults: [string, Fault, string][] = [
    ['hangs', { kind: 'hang' }, 'deadline'],
    ['is slower than its time', { kind: 'slow', ms: 800 }, 'deadline'],
    ['resets the connection', { kind: 'reset' }, 'server-error'],
    ['serves a sign-in page', { kind: 'html' }, 'bad-answer'],
    ['serves broken JSON', { kind: 'not-json' }, 'bad-answer'],
    ['stops half way', { kind: 'truncated' }, 'server-error'],
    ['serves a gzip bomb', { kind: 'gzip-bomb' }, 'bad-answer'],
    ['serves 16 MB', { kind: 'huge' }, 'bad-answer'],
  ];
  it.each(faults)(
    'P7: an agency that %s is a fault with its code, never an empty answer',
    async (_name, fault, code) => {
      simulator.setFault(fault);
      // Only a fault that is about time is given little of it: a busy machine must not turn a lying agency into a slow one.
      const answer = await ask(code === 'deadline' ? 400 : 10_000);
      simulator.setFault(undefined);
      expect(answer).toEqual({ ok: false, error: code });
    },
  );

  it('asks once: a fault after the connection opened is not retried', async () => {
    simulator.forgetAsked();
    simulator.setFault({ kind: 'reset' });
    await ask();
    simulator.setFault(undefined);
    expect(simulator.asked).toHaveLength(1);
  });

  it('a question that was called off asks nobody', async () => {
    simulator.forgetAsked();
    expect(await ask(1_000, AbortSignal.abort())).toEqual({ ok: false, error: 'deadline' });
    expect(simulator.asked).toHaveLength(0);
  });

  it('a call that still waits for a connection when its time is over ends then, and asks nobody later', async () => {
    const narrow = makeAgencyClient({
      baseUrl: simulator.url,
      tls: { ca: pki.authority.certificatePem, ...pem(await pki.client('gateway')) },
      connectionsMax: 1,
    });
    const put = (path: string, signal: AbortSignal, timeoutMs: number) =>
      narrow.request({ method: 'GET', path, signal, timeoutMs });
    simulator.forgetAsked();
    simulator.setFault({ kind: 'hang' });
    const holding = new AbortController();
    const held = put('/first', holding.signal, 10_000);
    expect(await put('/second', new AbortController().signal, 50)).toEqual({ ok: false, error: 'deadline' });
    simulator.setFault(undefined);
    holding.abort();
    expect(await held).toEqual({ ok: false, error: 'deadline' });
    expect(await put('/third', new AbortController().signal, 10_000)).toMatchObject({ ok: true });
    expect(simulator.asked.map(({ path }) => path)).not.toContain('/second');
    await narrow.close();
  });

  it('does not trust a server of another authority', async () => {
    const other = await makeTestPki('Another authority');
    const stranger = makeAgencyClient({ baseUrl: simulator.url, tls: { ca: other.authority.certificatePem } });
    const answer = await stranger.request({
      method: 'GET',
      path: '/',
      signal: new AbortController().signal,
      timeoutMs: 500,
    });
    await stranger.close();
    expect(answer).toEqual({ ok: false, error: 'connect-failed' });
  });

  it('refuses a server whose certificate is not the pinned one', async () => {
    const pinned = makeAgencyClient({
      baseUrl: simulator.url,
      tls: { ca: pki.authority.certificatePem, pinnedThumbprint: 'A'.repeat(43) },
    });
    const answer = await pinned.request({
      method: 'GET',
      path: '/',
      signal: new AbortController().signal,
      timeoutMs: 500,
    });
    await pinned.close();
    expect(answer.ok).toBe(false);
  });

  it.each(['..', '.', ''])('refuses %j as a path segment: it would climb out of the interface', (segment) => {
    expect(() => pathSegment(segment)).toThrow();
  });

  it('encodes what an attacker would put into a path', () => {
    expect(pathSegment('../x?y#z;a')).toBe('..%2Fx%3Fy%23z%3Ba');
  });
});
