import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exchange, openRaw, type RawReply } from '../journeys/raw-connection.ts';
import { openStage, type Stage } from '../journeys/stage.ts';

/** P11: the door for people's browsers refuses, in our words and for good, what is no request. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ pages: {} });
}, 60_000);
afterAll(() => stage.close());

async function raw(text: string): Promise<RawReply> {
  const port = stage.partnership.gateway.pagesPort ?? 0;
  return exchange(await openRaw(stage.partnership, undefined, { port }), text);
}

const CANARY = 'Zanzibar-Okapi';
const WAYS: readonly (readonly [string, string, number])[] = [
  ['one header of a megabyte', `GET /help HTTP/1.1\r\nhost: x\r\nx: ${CANARY.repeat(80_000)}\r\n\r\n`, 431],
  ['an expectation that nobody can fulfil', `GET /help HTTP/1.1\r\nhost: x\r\nexpect: ${CANARY}\r\n\r\n`, 400],
  ['no HTTP at all', `${CANARY} is no request\r\n\r\n`, 400],
  [
    'both lengths',
    `POST /cases HTTP/1.1\r\nhost: x\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ['a space before the colon', `GET /help HTTP/1.1\r\nhost: x\r\n${CANARY} : y\r\n\r\n`, 400],
];

describe('the door of the pages', () => {
  it.each(WAYS)(
    '%s: one page that says what to do, kept nowhere, and the connection ends',
    async (_name, text, status) => {
      const reply = await raw(text);
      expect(reply).toMatchObject({ statuses: [status], closed: true });
      expect(reply.text).toMatch(/content-type: text\/html; charset=utf-8/iu);
      expect(reply.text).toMatch(/cache-control: no-store/iu);
      expect(reply.text).toContain('call your service desk');
      expect(reply.text).not.toMatch(/Zanzibar|urn:holdfast|problem\+json/u);
    },
  );

  it('shows no path of the API, and the API’s door none of the pages', async () => {
    const pages = await raw('GET /openapi.json HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(pages.text).not.toContain('"openapi"');
    expect(pages.statuses).toEqual([303]);
    const systems = stage.asker('police');
    expect((await systems.send('GET', '/help')).status).toBe(404);
  });
});
