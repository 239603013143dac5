import { describe, expect, it } from '@jest/globals';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { asOf, HIS, HOME, home, mobile, reach, record, sealed } from './reach-by-hand.ts';

describe('an address that he must notify by law', () => {
  const notified = home('Flat 2, 9 Weir Road, AB1 3EF', {
    basis: 'statutory-notification',
    lastConfirmed: '2026-02-10',
  });

  it('comes first, with its date, above everything that somebody wrote down', () => {
    const { ranked } = reach([
      record('probation', [mobile(HIS, { lastConfirmed: asOf, verified: true }), home(HOME, { verified: true })]),
      record('health', [mobile(HIS, { lastConfirmed: asOf, verified: true })]),
      record('police', [notified]),
    ]);
    expect(ranked[0]).toMatchObject({ kind: 'address', lastConfirmed: '2026-02-10' });
    expect(ranked[0]?.flags).toContain('statutory-notification');
    expect(ranked[0]?.because).toBe(
      'By law he must tell police where he lives (Domestic Abuse Act 2021 s.41), and he gave this address on 10 February 2026.',
    );
  });

  it('is replaced by a newer one', () => {
    const newer = home(HOME, { basis: 'statutory-notification', lastConfirmed: '2026-10-01' });
    const { ranked } = reach([record('police', [notified, newer])]);
    expect(ranked[0]?.lastConfirmed).toBe('2026-10-01');
    expect(ranked[1]?.because).toContain('he has since notified another address');
    expect(ranked[1]?.probability).toBeLessThan(0.1);
    expect(ranked[1]?.flags).not.toContain('statutory-notification');
  });

  it('is replaced even by one that is withheld: nobody is sent to where he no longer lives', () => {
    const newer = home(HOME, { basis: 'statutory-notification', lastConfirmed: '2026-10-01' });
    const { ranked } = reach([record('police', [notified, newer])], {
      protectedContacts: [sealed('address', HOME, 'victim')],
    });
    expect(ranked).toHaveLength(1);
    expect(ranked[0]?.probability).toBeLessThan(0.1);
  });

  it('does not come first while he is in custody', () => {
    const inside = record('probation', [], {
      whereabouts: { field: 'pro.custody', custody: { establishment: 'HMP Weir', since: '2026-10-01' } },
    });
    expect(reach([record('police', [notified]), inside]).ranked[0]?.probability).toBeLessThan(0.1);
  });
});

describe('where he is', () => {
  const custody = (more: object): Partial<SourceRecord> => ({
    whereabouts: { field: 'pro.custody', custody: { establishment: 'HMP Weir', since: '2026-05-03', ...more } },
  });

  it('in custody: no mobile is likely to work, no address is where he is, and both say so', () => {
    const { ranked, whereabouts } = reach([record('probation', [mobile(), home()], custody({}))]);
    for (const contact of ranked) {
      expect(contact.probability).toBeLessThan(0.1);
      expect(contact.flags).toContain('in-custody');
      expect(contact.because).toContain('he is in custody, so');
    }
    expect(whereabouts).toEqual({
      custody: { state: 'in-custody', establishment: 'HMP Weir', since: '2026-05-03', releaseConfirmed: false },
      noFixedAbode: false,
      sources: [{ recordId: 'probation:1', field: 'pro.custody' }],
      because: 'He has been in custody at HMP Weir since 3 May 2026, with no release date given.',
    });
  });

  it.each([
    [
      { releaseDate: '2026-12-04', releaseConfirmed: true },
      'in-custody',
      'is due out on 4 December 2026, which is confirmed',
    ],
    [{ releaseDate: '2026-12-04' }, 'in-custody', 'is due out on 4 December 2026, which is not yet confirmed'],
    [{ releaseDate: '2026-11-15' }, 'release-due', 'but nobody has confirmed that he was released'],
    [{ releaseDate: '2026-11-15', releaseConfirmed: true }, 'released', 'He was released on 15 November 2026.'],
  ])('with %j is %s', (more, state, sentence) => {
    const { whereabouts } = reach([record('probation', [], custody(more))]);
    expect(whereabouts?.custody?.state).toBe(state);
    expect(whereabouts?.because).toContain(sentence);
  });

  it('released last week: what was confirmed before is doubtful, what was confirmed since is not', () => {
    const before = mobile('07700 900222', { lastConfirmed: '2026-05-01' });
    const since = mobile(HIS, { lastConfirmed: '2026-11-18' });
    const free = reach([record('probation', [before, since])]).ranked;
    const { ranked } = reach([
      record('probation', [before, since], custody({ releaseDate: '2026-11-15', releaseConfirmed: true })),
    ]);
    expect(ranked[0]).toMatchObject({ value: '+447700900111', probability: free[0]?.probability });
    expect(ranked[1]?.probability).toBeLessThan((free[1]?.probability ?? 0) / 2);
    expect(ranked[1]?.flags).toContain('released-recently');
    expect(ranked[1]?.because).toContain('he was in custody until 15 November 2026 and nobody has confirmed it since');
  });

  it('released long ago, or a period yet to come: says nothing', () => {
    expect(
      reach([record('probation', [], custody({ releaseDate: '2026-06-01', releaseConfirmed: true }))]).whereabouts,
    ).toBeUndefined();
    expect(reach([record('probation', [], custody({ since: '2026-12-01' }))]).whereabouts).toBeUndefined();
  });

  it('no fixed abode: an older address is doubted, a later one and a hostel are not', () => {
    const homeless: Partial<SourceRecord> = {
      whereabouts: { field: 'pro.nfa', noFixedAbode: true },
      lastUpdated: '2026-10-01',
      recordId: 'probation:9',
    };
    const older = home(HOME, { lastConfirmed: '2026-09-01' });
    const newer = home('9 Weir Road, AB1 3EF', { lastConfirmed: '2026-11-01' });
    const { ranked, whereabouts } = reach([record('housing', [older, newer]), record('probation', [], homeless)]);
    expect(ranked.map(({ value }) => value)).toEqual(['9 Weir Road, AB1 3EF', HOME]);
    expect(ranked[1]?.probability).toBeLessThan(0.25);
    expect(ranked[0]?.because).not.toContain('no fixed abode');
    expect(whereabouts?.because).toBe('He is recorded as having no fixed abode.');
  });

  it('P4: a prison’s name carries no number or mailbox', () => {
    const { whereabouts } = reach([record('probation', [], custody({ establishment: 'HMP Weir 07700 900333' }))]);
    expect(JSON.stringify(whereabouts)).not.toContain('900333');
  });
});
