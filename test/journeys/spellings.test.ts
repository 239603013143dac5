import { describe, expect, it } from '@jest/globals';
import { numberIn } from './spellings.ts';

const NUMBER = '+447700900123';
const SIX = 'its last six digits';

describe('P8: a number is found wherever it is planted', () => {
  it.each([
    ['in full as the value of a sample of the runtime', 'process_resident_memory_bytes 07700900123'],
    ['with its country code, in a fraction of a second', '{"at":"2026-11-22T12:18:46.447700900123Z"}'],
  ])('%s', (_where, text) => {
    expect(numberIn(text, NUMBER)).not.toEqual([]);
  });

  it.each([
    ['a label of a sample of the runtime', 'nodejs_gc_duration_seconds_sum{kind="900123"} 0.25'],
    ['the name of a sample of the runtime', 'process_900123_total 1'],
    ['behind a sample of the runtime', 'process_start_time_seconds 1795349926 900123'],
    ['a metric of ours', 'holdfast_questions_total 900123'],
    ['a label of ours', 'holdfast_questions_total{agency="900 123"} 1'],
    ['a sum of seconds of ours', 'holdfast_question_seconds_sum{agency="police"} 0.7900123'],
    ['a metric of ours whose name holds that of the runtime', 'holdfast_process_seconds_sum 900123'],
    ['before a timestamp', '900123 2026-11-22T12:18:46.123Z'],
    ['after a timestamp of milliseconds', '2026-11-22T12:18:46.123Z 900-123'],
    ['after a timestamp of microseconds, as a database writes it', '(1,"2026-11-22 12:18:46.123456+00",900123)'],
    ['a fraction of what is no whole timestamp', '12:18:46.900123'],
    ['a fraction that no zone ends', '2026-11-22T12:18:46.900123 and so on'],
    ['a fraction longer than a timestamp has', '2026-11-22T12:18:46.12900123Z'],
    ['where a zone would be', '2026-11-22T12:18:46.123456+900123'],
    ['short hexadecimal', 'ref a900123f'],
  ])('by its last six digits: %s', (_where, text) => {
    expect(numberIn(text, NUMBER)).toEqual([SIX]);
    expect(numberIn(`# HELP first\n${text}\n# HELP last`, NUMBER)).toEqual([SIX]);
  });

  it.each([
    ['a sample of the runtime', 'process_virtual_memory_bytes 31900123264'],
    ['a sample of the runtime with labels', 'nodejs_heap_space_size_used_bytes{space="old"} 1900123'],
    ['a sample of seconds', 'nodejs_eventloop_lag_seconds 0.000900123'],
    ['the fraction of a timestamp', '{"at":"2026-11-22T12:18:46.900123Z"}'],
    ['the fraction of a timestamp of a database', '(1,"2026-11-22 12:18:46.900123+00")'],
    ['a digest in hexadecimal', `0a900123${'f'.repeat(24)}`],
  ])('and what is counted or random is no number: %s', (_what, text) => {
    expect(numberIn(text, NUMBER)).toEqual([]);
  });
});
