import { gunzipSync } from 'node:zlib';
import { load } from 'cheerio';
import { Agent, request } from 'undici';
import type { Shown } from '../../journeys/plain-browser.ts';

/** One kept-alive HTTPS connection that takes pages as a browser does, compressed, and counts what comes. */

export interface Visit {
  /** Milliseconds from asking to the last byte, on loopback. */
  readonly tookMs: number;
  /** Bytes of the answer as they came: its headers, and its body compressed. */
  readonly bytes: number;
  readonly page: Shown;
}

export interface Visitor {
  /** @param cameFrom what the browser says of where the request began; from a page of ours when not given */
  visit(url: string, cookie?: string, cameFrom?: 'same-origin' | 'cross-site'): Promise<Visit>;
  close(): Promise<void>;
}

/** @param agentName the browser's name, which a session is bound to */
export function makeVisitor(ca: string, agentName: string): Visitor {
  const dispatcher = new Agent({ connect: { ca }, connections: 1 });
  return {
    visit: async (url, cookie, cameFrom = 'same-origin') => {
      const began = performance.now();
      const {
        statusCode: status,
        headers,
        body,
      } = await request(url, {
        dispatcher,
        headers: {
          'user-agent': agentName,
          'accept-encoding': 'gzip, deflate, br',
          'sec-fetch-site': cameFrom,
          ...(cookie === undefined ? {} : { cookie }),
        },
      });
      const came = Buffer.from(await body.arrayBuffer());
      const tookMs = performance.now() - began;
      const html = (headers['content-encoding'] === 'gzip' ? gunzipSync(came) : came).toString('utf8');
      return { tookMs, bytes: headerBytes(headers) + came.length, page: { url, status, headers, html, $: load(html) } };
    },
    close: () => dispatcher.close(),
  };
}

const STATUS_LINE_BYTES = 17;
/** As HTTP/1.1 writes them: name, colon, blank, value, line end. */
const headerBytes = (headers: Shown['headers']): number =>
  Object.entries(headers)
    .flatMap(([name, value]) => [value ?? []].flat().map((each) => name.length + each.length + 4))
    .reduce((sum, each) => sum + each, STATUS_LINE_BYTES);
