import { createHash, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * How any adapter talks to its agency over HTTPS: one pool per agency with its own trust and its own client
 * certificate, hard limits on time and size, and every way it can go wrong as a value. It follows no redirect, keeps
 * no cookie, asks for no compression (a source that compresses anyway is refused: a small body may unpack to a
 * gigabyte) and caches nothing (P8).
 */

const CONNECT_TIMEOUT_MS = 1_000;
const BODY_BYTES_MAX = 2 * 1024 * 1024;
const HEADER_BYTES_MAX = 16 * 1024;
const CONNECTIONS_MAX = 64;

export interface AgencyClientOptions {
  /** Scheme, host and port, for example `https://127.0.0.1:8443`; a path is not allowed here. */
  readonly baseUrl: string;
  readonly tls: {
    /** PEM of the authority that signed the agency's server certificate. The machine's own trust is not used. */
    readonly ca: string;
    readonly cert?: string;
    readonly key?: string;
    readonly serverName?: string;
    /** SHA-256 thumbprint (base64url) of the agency's server certificate, where it is pinned. */
    readonly pinnedThumbprint?: string;
  };
  readonly connectionsMax?: number;
  readonly bodyBytesMax?: number;
}

export interface AgencyRequest {
  readonly method: 'GET' | 'POST';
  /** Path only, built from allow-listed parts: use `path` to encode what varies. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is; set `content-type` in `headers`. */
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface AgencyResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body, or undefined where the answer had none. Whoever reads it validates it. */
  readonly json: unknown;
}

/** Codes of schemas/source-outcome.ts that a transport can produce. */
export type AgencyFault = 'connect-failed' | 'deadline' | 'bad-answer' | 'server-error';

export interface AgencyClient {
  request(request: AgencyRequest): Promise<Result<AgencyResponse, AgencyFault>>;
  close(): Promise<void>;
}

/** Percent-encodes one path segment. Dots alone are refused: `..` would climb out of the interface. */
export function pathSegment(value: string): string {
  if (/^\.{1,2}$/.test(value) || value === '') throw new Error('a path segment must not be empty or dots');
  return encodeURIComponent(value);
}

/** Opens a pool to one agency. See AgencyClientOptions; nothing is connected until the first request. */
export function makeAgencyClient(options: AgencyClientOptions): AgencyClient {
  const agent = new Agent({
    connections: options.connectionsMax ?? CONNECTIONS_MAX,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    maxHeaderSize: HEADER_BYTES_MAX,
    maxResponseSize: options.bodyBytesMax ?? BODY_BYTES_MAX,
    connect: connectorFor(options.tls),
  });
  let closed: Promise<void> | undefined;
  return {
    request: (request) => requestOnceOrAgain(agent, options.baseUrl, request),
    close: () => (closed ??= agent.destroy()),
  };
}

/** Keys and authorities are read once and not for each connection; at the first one, for nothing is opened before. */
function connectorFor(tls: AgencyClientOptions['tls']): buildConnector.connector {
  let connector: buildConnector.connector | undefined;
  return (wanted, callback) => {
    connector ??= buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      secureContext: createSecureContext({
        ca: tls.ca,
        minVersion: 'TLSv1.2',
        ...(tls.cert === undefined ? {} : { cert: tls.cert }),
        ...(tls.key === undefined ? {} : { key: tls.key }),
      }),
      ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
      ...pinning(tls.pinnedThumbprint),
    });
    connector(wanted, callback);
  };
}

function pinning(thumbprint: string | undefined) {
  if (thumbprint === undefined) return {};
  return {
    checkServerIdentity: (_host: string, certificate: { raw: Buffer }) => {
      const seen = createHash('sha256').update(new X509Certificate(certificate.raw).raw).digest('base64url');
      return seen === thumbprint ? undefined : new Error('the server certificate is not the registered one');
    },
  };
}

/** At most one retry, and only when the request never reached the agency: a read asked twice is logged twice there. */
async function requestOnceOrAgain(
  agent: Agent,
  baseUrl: string,
  request: AgencyRequest,
): Promise<Result<AgencyResponse, AgencyFault>> {
  const startedAt = performance.now();
  const first = await requestOnce(agent, baseUrl, request, request.timeoutMs);
  if (first.ok || first.error !== 'connect-failed') return first;
  const left = request.timeoutMs - (performance.now() - startedAt);
  if (left <= 0 || request.signal.aborted) return first;
  return requestOnce(agent, baseUrl, request, left);
}

function requestOnce(
  agent: Agent,
  baseUrl: string,
  request: AgencyRequest,
  timeoutMs: number,
): Promise<Result<AgencyResponse, AgencyFault>> {
  if (request.signal.aborted) return Promise.resolve(err('deadline'));
  return new Promise((resolve) => {
    const answer = collectAnswer((result) => {
      clearTimeout(timer);
      request.signal.removeEventListener('abort', stop);
      resolve(result);
    });
    // An own timer and one listener: AbortSignal.any keeps garbage alive for every request of a long-lived signal.
    const stop = (): void => {
      answer.stop('deadline');
    };
    const timer = setTimeout(stop, timeoutMs);
    request.signal.addEventListener('abort', stop, { once: true });
    try {
      agent.dispatch(dispatched(baseUrl, request), answer.handler);
    } catch (error) {
      answer.stop(faultOf(error));
    }
  });
}

const dispatched = (baseUrl: string, request: AgencyRequest): Dispatcher.DispatchOptions => ({
  origin: baseUrl,
  path: withQuery(request.path, request.query),
  method: request.method,
  headers: { accept: 'application/json, application/fhir+json', 'accept-encoding': 'identity', ...request.headers },
  body: request.body ?? null,
  // Our own timer is exact; the client’s own ones are coarse and would end a short budget early.
  headersTimeout: 0,
  bodyTimeout: 0,
});

/** Made once: an error of its own for every call that is over would carry a stack that nobody reads. */
const OVER = new Error('nobody waits for this answer any more');

/**
 * Takes an answer as it comes in, without a stream around a body that is small and wanted whole. Settles once; whatever
 * comes in after that is cut off.
 */
function collectAnswer(settled: (result: Result<AgencyResponse, AgencyFault>) => void): {
  readonly handler: Dispatcher.DispatchHandler;
  readonly stop: (fault: AgencyFault) => void;
} {
  let controller: Dispatcher.DispatchController | undefined;
  let over = false;
  let [status, headers]: [number, Record<string, string>] = [0, {}];
  const chunks: Buffer[] = [];
  const settle = (result: Result<AgencyResponse, AgencyFault>): void => {
    if (over) return;
    over = true;
    settled(result);
  };
  const stop = (fault: AgencyFault): void => {
    if (over) return;
    settle(err(fault));
    controller?.abort(OVER);
  };
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: (started) => {
      controller = started;
      if (over) started.abort(OVER);
    },
    onResponseStart: (_started, statusCode, held) => {
      if (statusCode < 200) return;
      [status, headers] = [statusCode, singleHeaders(held)];
      const encoding = headers['content-encoding'];
      if (encoding !== undefined && encoding !== 'identity') stop('bad-answer');
    },
    onResponseData: (_started, chunk) => {
      if (!over) chunks.push(chunk);
    },
    onResponseEnd: () => settle(readAnswer(status, headers, textOf(chunks))),
    onResponseError: (_started, error) => settle(err(faultOf(error))),
  };
  return { handler, stop };
}

const MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** UTF-8, without the byte order mark that some services put before it. */
function textOf(chunks: readonly Buffer[]): string {
  const [first] = chunks;
  const bytes = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
  return bytes.toString('utf8', bytes.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0);
}

function withQuery(path: string, query: AgencyRequest['query']): string {
  if (query === undefined || query.length === 0) return path;
  return `${path}?${query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}

const JSON_TYPE = /^application\/(?:[a-z0-9.+-]+\+)?json(?:\s*;|$)/i;

function readAnswer(
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): Result<AgencyResponse, AgencyFault> {
  if (text === '') return ok({ status, headers, json: undefined });
  // HTML from a login page or a proxy is never data, whatever its status.
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    return status >= 400 ? ok({ status, headers, json: undefined }) : err('bad-answer');
  }
  try {
    const json: unknown = JSON.parse(text);
    return ok({ status, headers, json });
  } catch {
    return status >= 400 ? ok({ status, headers, json: undefined }) : err('bad-answer');
  }
}

function singleHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') single[name.toLowerCase()] = value;
    else if (value?.[0] !== undefined) single[name.toLowerCase()] = value[0];
  }
  return single;
}

/** Errors of a connection that never opened; anything after that may have reached the agency. */
const NEVER_REACHED =
  /^(?:ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|CERT_[A-Z_]+|[A-Z_]*SELF_SIGNED[A-Z_]*|UNABLE_TO_[A-Z_]+)$/;

/** By code and not by class: errors of Node's own network layer come from outside this module's realm. */
const FAULT_OF_CODE: Readonly<Record<string, AgencyFault>> = {
  UND_ERR_HEADERS_TIMEOUT: 'deadline',
  UND_ERR_BODY_TIMEOUT: 'deadline',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'bad-answer',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'server-error',
};

function faultOf(error: unknown): AgencyFault {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (NEVER_REACHED.test(code)) return 'connect-failed';
  if (code.startsWith('HPE_')) return 'bad-answer';
  // The rest is a connection that broke under way: the agency may have read the question, so it is not asked again.
  return FAULT_OF_CODE[code] ?? 'server-error';
}
