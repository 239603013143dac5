import { describe, expect, it } from '@jest/globals';
import { consulted, disclosed } from '../../test/log-entries.ts';
import { entryLine } from './entry-line.ts';

const seen = (entry: { readonly kind: string }, words?: string) =>
  entryLine({
    ...{ position: 7, recordedAt: '2026-11-20T09:30:12.000Z', entry },
    ...(words === undefined ? {} : { words }),
  });

describe('an entry as a line', () => {
  it('says who asked what for, and what left', () => {
    const { requester, purpose, caseRef, fields } = disclosed(1);
    const given = { ...disclosed(1), fields: fields.map((each) => ({ ...each, count: 1 })) };
    const head = `7  2026-11-20 09:30  ${requester.agency} ${requester.staffId} (${requester.role})  question-disclosed`;
    expect(seen(given)).toContain(`${head}  ${purpose}  ${caseRef}  left: `);
    const nothing = { ...given, fields: given.fields.map((each) => ({ ...each, count: 0 })) };
    expect(seen(nothing)).toBe(`${head}  ${purpose}  ${caseRef}  nothing left`);
  });

  it('a reason cannot write a second entry under the first', () => {
    const line = seen(consulted(1), 'His sister rang\n8  2026-11-20 09:31  police p.one');
    expect(line).not.toContain('\n');
    expect(line).toContain('reason: "His sister rang\\n8');
  });

  it('an entry that this version does not know keeps its place', () => {
    expect(seen({ kind: 'from-the-future' })).toBe('7  2026-11-20 09:30  from-the-future');
  });
});
