import type { AgencyResponse } from '../https/agency-client.ts';
import { answered, type Answered, type Call as AgencyCall } from '../https/calls.ts';
import { failed, failureOfStatus, isPage, type Failed } from '../https/failure.ts';

/** What a status of the landlord's services means. */

export type Reply =
  | Answered
  /** 404: nothing under this id. For a list it is how the services say that the list is empty. */
  | { readonly kind: 'none' }
  /** 403: this caller may not see this tenant. */
  | { readonly kind: 'limited' };

export type Call = AgencyCall<Reply>;

/** Reads a status. */
export function replyOf(response: AgencyResponse): Reply | Failed {
  const { status } = response;
  if (status === 200) return answered(response);
  if (status !== 403 && status !== 404) return failureOfStatus(response);
  if (isPage(response)) return failed('bad-answer');
  return { kind: status === 404 ? 'none' : 'limited' };
}
