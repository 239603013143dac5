import { CAN_FULFIL } from '../agencies/asker.ts';
import { randomUUID } from 'node:crypto';

/** Both requests with every member that they may have, and ways to spoil one member at a time. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** Keys and list positions from the top of a body. */
export type Path = readonly (string | number)[];

const claim = (caseRef: string) => ({
  requestId: randomUUID(),
  sentAt: new Date().toISOString(),
  staff: { id: 'amara.lewis', role: 'dai.daiw' },
  caseRef,
  reason: 'First call after the panel met on Thursday',
  canFulfil: [...CAN_FULFIL],
});

export const wholeContactRequest = (caseRef: string): Json => claim(caseRef);

/** Describes the man whom it is given as, so that a spoilt copy of it is refused for what was spoilt. */
export const wholeDisclosureRequest = (caseRef: string): Json => ({
  ...claim(caseRef),
  purpose: 'ENGAGE',
  fields: ['pol.name'],
  subject: {
    names: [{ given: 'Daniel', middle: 'Chike', family: 'Okoro', full: 'Daniel Chike Okoro', type: 'current' }],
    dateOfBirth: '1988-03-14',
    otherDatesOfBirth: ['1988-03'],
    sex: 'male',
    identifiers: [{ type: 'OTHER', value: 'A1' }],
    addresses: [{ lines: ['1 High Street'], postcode: 'ZE1 1AA', uprn: '1', from: '2020-01-01', to: '2021-01-01' }],
    phones: ['07700 900999'],
    emails: ['dan@example.org'],
  },
});

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Where every text, and every object, of a body stands. */
export function placesIn(body: Json): { readonly texts: Path[]; readonly objects: Path[]; readonly lists: Path[] } {
  const texts: Path[] = [];
  const objects: Path[] = [];
  const lists: Path[] = [];
  const walk = (value: Json, path: Path): void => {
    if (typeof value === 'string') texts.push(path);
    else if (isList(value)) {
      lists.push(path);
      // One member stands for all of its list.
      const [first] = value;
      if (first !== undefined) walk(first, [...path, 0]);
    } else if (isObject(value)) {
      objects.push(path);
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    }
  };
  walk(body, []);
  return { texts, objects, lists };
}

/** A copy with another value at one place; undefined takes the member away. */
export function withAt(body: Json, path: Path, value: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? null;
  if (isList(body)) return body.map((each, at) => (at === key ? withAt(each, rest, value) : each));
  if (!isObject(body)) throw new Error('there is no such place');
  const entries = Object.entries(body).flatMap(([name, each]): [string, Json][] => {
    if (name !== key) return [[name, each]];
    return rest.length === 0 && value === undefined ? [] : [[name, withAt(each, rest, value)]];
  });
  return Object.fromEntries(entries);
}

export function at(body: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (isList(value) && typeof key === 'number') return value[key];
    return isObject(value) && typeof key === 'string' ? value[key] : undefined;
  }, body);
}

/** The body as text, with something written directly after the opening brace of one of its objects. */
export function withWrittenInto(body: Json, path: Path, written: string): string {
  const marker = '"\u0001":0,';
  const object = at(body, path);
  if (!isObject(object)) throw new Error('there is no object');
  return JSON.stringify(withAt(body, path, { '\u0001': 0, ...object })).replace(
    JSON.stringify(marker).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\'),
    `${written},`,
  );
}

export const pointer = (path: Path): string => path.map((key) => `/${key}`).join('');
