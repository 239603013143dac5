import { describe, expect, it } from '@jest/globals';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import { askMadeUpQuestion, warmUp } from './warm-up.ts';

describe('the questions that warm a gateway up', () => {
  const { linked, reach } = askMadeUpQuestion(1);

  it('go the whole way: records are joined and set apart, contact points ranked and withheld', () => {
    expect(linked.his.length).toBeGreaterThan(3);
    expect(linked.others.length).toBeGreaterThan(3);
    expect(reach.ranked.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['phone', 'address']));
    expect(reach.withheld.length).toBeGreaterThan(0);
  });

  it('are what sources answer with', () => {
    for (const record of [...linked.his, ...linked.others]) expect(sourceRecordSchema.parse(record)).toEqual(record);
  });

  it('leave nothing behind: the same question is answered alike after them', () => {
    warmUp();
    expect(askMadeUpQuestion(1)).toEqual({ linked, reach });
  });
});
