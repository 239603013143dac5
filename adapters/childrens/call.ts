import type { AgencyResponse } from '../https/agency-client.ts';
import { answered, type Answered, type Call as AgencyCall } from '../https/calls.ts';
import { failed, failureOfStatus, isPage, type Failed } from '../https/failure.ts';

/** What a status of the social-care service means. */

export type Reply =
  | Answered
  /** 404: nothing under this id. */
  | { readonly kind: 'none' };

export type Call = AgencyCall<Reply>;

/** Reads a status. */
export function replyOf(response: AgencyResponse): Reply | Failed {
  switch (response.status) {
    case 200:
      return answered(response);
    // The platform in front of the service answers 403 to a key that it does not know.
    case 403:
      return failed('not-authorised');
    case 404:
      return isPage(response) ? failed('bad-answer') : { kind: 'none' };
    default:
      return failureOfStatus(response);
  }
}
