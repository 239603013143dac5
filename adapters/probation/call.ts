import type { AgencyResponse } from '../https/agency-client.ts';
import { answered, type Answered, type Call as AgencyCall } from '../https/calls.ts';
import { failed, failureOfStatus, type Failed } from '../https/failure.ts';
import { wireErrorSchema } from './wire.ts';

/** What a status of the API means. The meaning is the same on every path but where it says so. */

export type Reply =
  | Answered
  | { readonly kind: 'moved'; readonly location: string }
  /** 404 with the contract's own error: not held, or filtered out for this consumer; the API does not say which. */
  | { readonly kind: 'none' }
  /** 403 with the contract's own error: access to this person is limited. */
  | { readonly kind: 'limited' }
  | { readonly kind: 'too-many' };

export type Call = AgencyCall<Reply>;
export { failed, type Failed };

/** Reads a status, and the words of an error where the status alone does not say enough. */
export function replyOf(response: AgencyResponse): Reply | Failed {
  const { status, json, headers } = response;
  if (status === 200) return answered(response);
  const said = wireErrorSchema.safeParse(json);
  const message = said.success ? `${said.data.userMessage ?? ''} ${said.data.developerMessage ?? ''}` : '';
  switch (status) {
    case 303:
      return headers.location === undefined ? failed('bad-answer') : { kind: 'moved', location: headers.location };
    case 400:
      return /narrow/i.test(message) ? { kind: 'too-many' } : failed('bad-answer');
    case 403:
      return /upstream service|limited access/i.test(message) ? { kind: 'limited' } : failed('not-authorised');
    // A 404 that is not the service's own is a wrong address or a proxy: never "nothing held".
    case 404:
      return said.success && said.data.status === 404 ? { kind: 'none' } : failed('bad-answer');
    default:
      return failureOfStatus(response);
  }
}
