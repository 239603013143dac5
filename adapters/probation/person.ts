import { pathSegment } from '../https/agency-client.ts';
import { failed, type Call, type Failed } from './call.ts';
import { crnOf, isHmppsId, nomsOf } from './identity.ts';
import { wirePersonAnswerSchema, type WirePerson } from './wire.ts';

/** One person by id, in both registers, wherever a merge has moved him. */

export interface Opened {
  readonly kind: 'opened';
  readonly probation?: WirePerson;
  readonly prison?: WirePerson;
  /** Ids of his that the service has merged into the ones above. */
  readonly supersedes: readonly string[];
}

export type Opening = Opened | { readonly kind: 'none' } | { readonly kind: 'limited' } | Failed;

/**
 * Reads a person. A merged id answers 303 with the surviving one: that is followed once, to this same API only, and
 * only where it names a well-formed id.
 * @param baseUrl scheme, host and port of the API
 */
export async function openPerson(id: string, call: Call, baseUrl: string): Promise<Opening> {
  const first = await call(pathOf(id));
  if (first.kind !== 'moved') return read(first, id, []);
  const survivor = survivorOf(first.location, baseUrl);
  if (survivor === undefined || survivor === id) return failed('bad-answer');
  return read(await call(pathOf(survivor)), survivor, [id]);
}

/** The path of a person, or of one of his details. */
export const pathOf = (id: string, detail = ''): string => `/v1/persons/${pathSegment(id)}${detail}`;

/** The attacker answers 303 to a host of his, or to a path of this one that reads something else. */
function survivorOf(location: string, baseUrl: string): string | undefined {
  if (!URL.canParse(location, baseUrl)) return undefined;
  const target = new URL(location, baseUrl);
  const id = /^\/v1\/persons\/([A-Z0-9]{7,8})$/.exec(target.pathname)?.[1];
  const sameApi = target.origin === new URL(baseUrl).origin && target.username === '' && target.search === '';
  return sameApi && id !== undefined && isHmppsId(id) ? id : undefined;
}

function read(reply: Awaited<ReturnType<Call>>, id: string, movedFrom: readonly string[]): Opening {
  if (reply.kind === 'moved' || reply.kind === 'too-many') return failed('bad-answer');
  if (reply.kind !== 'answered') return reply;
  const parsed = wirePersonAnswerSchema.safeParse(reply.json);
  if (!parsed.success) return failed('bad-answer');
  const probation = parsed.data.data.probationOffenderSearch ?? undefined;
  const prison = parsed.data.data.prisonerOffenderSearch ?? undefined;
  const halves = [probation, prison].filter((half) => half !== undefined);
  if (halves.length === 0) return failed('bad-answer');
  if (!halves.some((half) => crnOf(half) === id || nomsOf(half) === id)) return failed('wrong-person');
  const staleNoms = probation === undefined ? undefined : nomsOf(probation);
  const moved = prison !== undefined && staleNoms !== undefined && staleNoms !== nomsOf(prison) ? [staleNoms] : [];
  return {
    kind: 'opened',
    ...(probation === undefined ? {} : { probation }),
    ...(prison === undefined ? {} : { prison }),
    supersedes: [...new Set([...movedFrom, ...moved])],
  };
}
