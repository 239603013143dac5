import { randomUUID } from 'node:crypto';
import { Agent } from 'undici';
import { z } from 'zod';
import { QUESTION_DETAIL_TYPE } from '../../gateway/access/access-token.ts';
import type { IssuedCertificate } from '../../adapters/keys/authority.ts';

/** An agency's own system as the gateway meets it: mutual TLS, a token for each purpose and case, JSON. */

export interface AskerOptions {
  readonly gatewayUrl: string;
  /** PEM of the authority of the gateway's certificate. */
  readonly ca: string;
  readonly certificate?: IssuedCertificate;
  readonly clientId: string;
  readonly connections?: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The parsed body, or undefined where it is not JSON. */
  readonly json: unknown;
}

export interface Asker {
  /** Sends anything to the gateway as it is. */
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: SendOptions): Promise<Reply>;
  /** Asks the authorization server; gives its reply whatever it is. */
  requestToken(details: unknown, clientId?: string): Promise<Reply>;
  /** A token for a purpose and case; throws where it is refused. */
  token(purpose: string, caseRef: string): Promise<string>;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly body?: string | Buffer;
}

/** Opens an agency system. Without a certificate it is somebody who has none. */
export function makeAsker(options: AskerOptions): Asker {
  const agent = new Agent({
    connections: options.connections ?? 8,
    connect: {
      ca: options.ca,
      ...(options.certificate === undefined
        ? {}
        : { cert: options.certificate.certificatePem, key: options.certificate.keyPem }),
    },
  });
  const send: Asker['send'] = async (method, path, { headers, token, body } = {}) => {
    const response = await agent.request({
      origin: options.gatewayUrl,
      path,
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body ?? null,
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, text, json: parsed(text) };
  };
  const requestToken: Asker['requestToken'] = (details, clientId = options.clientId) =>
    send('POST', '/oauth/token', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        ...(details === undefined ? {} : { authorization_details: JSON.stringify(details) }),
      }).toString(),
    });
  const token: Asker['token'] = async (purpose, caseRef) => {
    const reply = await requestToken([{ type: QUESTION_DETAIL_TYPE, purpose, caseRef }]);
    const answer = z.object({ access_token: z.string() }).safeParse(reply.json);
    if (!answer.success) throw new Error(`no token: ${reply.status} ${reply.text}`);
    return answer.data.access_token;
  };
  return { send, requestToken, token, close: () => agent.destroy() };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Every obligation that the demo's systems undertake to fulfil. */
export const CAN_FULFIL = [
  'retainMonths',
  'onward',
  'notifyOwner',
  'show',
  'loneWorkingCheck',
  'undertaking',
  'reviewWithinHours',
  'expiresAfterHours',
] as const;

/** A worker's contact request, as JSON text. */
export function contactRequest(
  caseRef: string,
  staffId: string,
  change: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    requestId: randomUUID(),
    sentAt: new Date().toISOString(),
    staff: { id: staffId, role: 'dai.daiw' },
    caseRef,
    reason: 'First call after the panel met on Thursday',
    canFulfil: CAN_FULFIL,
    ...change,
  });
}

/** An agency's question for a purpose, as JSON text. */
export function disclosureRequest(
  purpose: string,
  caseRef: string,
  staff: { readonly id: string; readonly role: string },
  change: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    requestId: randomUUID(),
    sentAt: new Date().toISOString(),
    staff,
    purpose,
    caseRef,
    reason: 'Research for the next meeting of the panel',
    fields: 'all',
    canFulfil: CAN_FULFIL,
    ...change,
  });
}
