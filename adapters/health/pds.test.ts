import { describe, expect, it } from '@jest/globals';
import { cannedPds } from '../../test/agencies/health/canned.ts';
import { holdingOf, nhsNumber } from '../../test/agencies/health/under-test.ts';
import { heldPatientOf } from '../../test/agencies/health/patient.ts';
import { outcomeOf, type SpineCode } from '../../test/agencies/health/outcome.ts';

const { patient } = heldPatientOf(holdingOf());
const other = heldPatientOf(holdingOf({ reference: nhsNumber(2), nhsNumber: nhsNumber(2) })).patient;
const bundle = (total: unknown, ...people: unknown[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total,
  ...(people.length === 0 ? {} : { entry: people.map((resource) => ({ resource })) }),
});
const error = (code: SpineCode) => outcomeOf({ code }).json;
const badAnswer = { ok: false, error: { outcome: 'error', code: 'bad-answer' } };

describe('P7: what the service must say before "nobody" is believed', () => {
  it.each([
    ['a bundle that counts none', bundle(0), { ok: true, value: 'none' }],
    ['a bundle without a count', bundle(undefined), badAnswer],
    ['a count without people', bundle(1), badAnswer],
    ['people without a count', bundle(0, patient), badAnswer],
    ['a history instead of a searchset', { ...bundle(0), type: 'history' }, badAnswer],
    ['an empty list', [], badAnswer],
    ['null', null, badAnswer],
    ['another warning with status 200', error('RESOURCE_NOT_FOUND'), badAnswer],
    ['too many', error('TOO_MANY_MATCHES'), { ok: true, value: 'many' }],
    ['two in a mode that promises one', bundle(2, patient, other), { ok: true, value: 'many' }],
    ['one that is no patient', bundle(1, { ...patient, resourceType: 'Practitioner' }), badAnswer],
  ])('a search answered with %s', async (_name, json, expected) => {
    expect(await cannedPds({ json }).search()).toEqual(expected);
  });

  it.each([
    ['404 and nothing', { status: 404 }, badAnswer],
    ['404 of a proxy', { status: 404, json: { message: 'no such route' } }, badAnswer],
    ['404 for another reason', { status: 404, json: error('ACCESS_DENIED') }, badAnswer],
    ['404 not found', { status: 404, json: error('RESOURCE_NOT_FOUND') }, { ok: true, value: undefined }],
    ['404 invalidated', { status: 404, json: error('INVALIDATED_RESOURCE') }, { ok: true, value: undefined }],
    ['200 not found', { status: 200, json: error('RESOURCE_NOT_FOUND') }, badAnswer],
    ['400 invalid id', { status: 400, json: error('INVALID_RESOURCE_ID') }, badAnswer],
    ['410', { status: 410, json: error('RESOURCE_NOT_FOUND') }, badAnswer],
    ['a bundle', { status: 200, json: bundle(1, patient) }, badAnswer],
    ['408', { status: 408 }, { ok: false, error: { outcome: 'unavailable', code: 'server-error' } }],
  ])('a retrieval answered with %s', async (_name, answer, expected) => {
    expect(await cannedPds(answer).patient()).toEqual(expected);
  });
});
