import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactRequestSchema, disclosureRequestSchema } from '../../schemas/question.ts';
import { readRequest } from './read-request.ts';
import { parseStrictJson } from './strict-json.ts';

const good = {
  requestId: '7b0d2c1e-3f52-4c58-9a51-3f8c1d2e4a6b',
  sentAt: '2026-11-20T09:00:00.000Z',
  staff: { id: 'a.worker', role: 'dai.daiw' },
  caseRef: 'DAPG-2026-0042',
  reason: 'First call after the panel of Thursday',
};
const read = (body: unknown) => readRequest(JSON.stringify(body), contactRequestSchema);

describe('bad input gets its own code and is never repeated', () => {
  it('takes a good request', () => {
    expect(read(good)).toEqual({ ok: true, value: good });
  });

  const without = (key: keyof typeof good) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));
  const cases: [string, unknown, string, string?][] = [
    ['a missing field', without('reason'), 'field-missing', '/reason'],
    ['null where text belongs', { ...good, reason: null }, 'field-wrong-type', '/reason'],
    ['an unknown key', { ...good, subjectName: 'x' }, 'field-unknown', ''],
    ['an unknown key deeper', { ...good, staff: { ...good.staff, admin: true } }, 'field-unknown', '/staff'],
    ['a number for text', { ...good, reason: 7 }, 'field-wrong-type', '/reason'],
    ['an array for text', { ...good, caseRef: ['DAPG-2026-0042'] }, 'field-wrong-type', '/caseRef'],
    ['a text for an object', { ...good, staff: 'a.worker' }, 'field-wrong-type', '/staff'],
    ['a reason of 501 characters', { ...good, reason: 'r'.repeat(501) }, 'field-too-long', '/reason'],
    ['a case reference of another form', { ...good, caseRef: "DAPG-2026-0042' or 1=1" }, 'field-malformed', '/caseRef'],
    ['a request id that is no UUID', { ...good, requestId: '1' }, 'field-malformed', '/requestId'],
    ['an array for the request', [good], 'field-wrong-type', ''],
  ];
  it.each(cases)('%s', (_name, body, code, pointer) => {
    const answer = read(body);
    expect(answer).toMatchObject({ ok: false, error: { code } });
    if (!answer.ok && pointer !== undefined) expect(answer.error.places?.[0]?.pointer).toBe(pointer);
  });

  const texts: [string, string, string][] = [
    ['text that is not JSON', '{', 'body-not-json'],
    ['nothing', '', 'body-not-json'],
    ['a key given twice', '{"a":1,"a":2}', 'body-duplicate-key'],
    ['a key given twice in two spellings', '{"a":1,"\\u0061":2}', 'body-duplicate-key'],
    ['a key given twice deep inside', '{"a":[{"b":{"c":1,"c":1}}]}', 'body-duplicate-key'],
    ['nesting of a thousand', `${'['.repeat(1000)}${']'.repeat(1000)}`, 'body-too-deep'],
  ];
  it.each(texts)('%s', (_name, text, code) => {
    expect(readRequest(text, contactRequestSchema)).toEqual({ ok: false, error: { code } });
  });

  it('a __proto__ key is an unknown key and changes no object', () => {
    const answer = readRequest(`{"__proto__":{"admin":true},${JSON.stringify(good).slice(1)}`, contactRequestSchema);
    expect(answer).toMatchObject({ ok: false, error: { code: 'field-unknown' } });
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });

  it('a wanted field that is no field id is malformed, and its text is not told', () => {
    const body = { ...good, purpose: 'ENGAGE', fields: ['07700 900123'] };
    const answer = readRequest(JSON.stringify(body), disclosureRequestSchema);
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).not.toContain('900123');
  });

  it('keeps the same key in two objects apart, and brackets inside strings out of the count', () => {
    expect(parseStrictJson('{"a":{"x":"}{[,\\"a\\":"},"b":{"x":1}}')).toMatchObject({ ok: true });
  });

  it('reads every JSON value that has no duplicate key and is not too deep just as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseStrictJson(text))).toBe(`{"ok":true,"value":${text}}`);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
