import { describe, expect, it } from '@jest/globals';
import { caseChangeSchema } from '../../schemas/case-change.ts';
import { caseChangeRequestSchema } from '../../schemas/case-request.ts';

const ID = '5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a01';
const seal = { kind: 'phone', seal: 's'.repeat(43) } as const;
const attempt = { kind: 'record-attempt', attemptId: ID, outcome: 'not-his' } as const;
const change = caseChangeRequestSchema.shape.change;

describe('what a person does in a page alone', () => {
  it.each([
    [
      'opening an emergency',
      {
        kind: 'open-break-glass',
        breakGlassId: ID,
        expiresAt: '2026-11-22T13:00:00.000Z',
        declarationDigest: 'd'.repeat(43),
      },
    ],
    ['ending one', { kind: 'close-break-glass', breakGlassId: ID, because: 'ended-by-reviewer' }],
    ['an attempt on a contact in hashes', { ...attempt, contact: { kind: 'phone', exactly: [seal], widely: [seal] } }],
  ])('P2: %s is a change, and none that a system may send', (_name, asked) => {
    expect(caseChangeSchema.safeParse(asked).success).toBe(true);
    expect(change.safeParse(asked).success).toBe(false);
  });

  it('an attempt on a contact in clear is a system’s to send', () => {
    expect(change.safeParse({ ...attempt, contact: { kind: 'phone', value: '07700 900555' } }).success).toBe(true);
  });
});
