import { signed, verdictOf, type Waterfall, type WaterfallBar } from './waterfall.ts';

const BITS_WIDTH = 7;
const NAME_WIDTH = 12;

/** A record can hold anything: what would move the cursor or turn the line is no part of a value. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '');

const line = (bits: number, name: string, words: string): string =>
  `${signed(bits).padStart(BITS_WIDTH)}  ${name.padEnd(NAME_WIDTH)}  ${words}`;

function barLines({ bits, comparison, because, values }: WaterfallBar): string[] {
  const indent = ' '.repeat(BITS_WIDTH + NAME_WIDTH + 4);
  const held = values.map(
    ({ source, values: all }) => `${indent}${printable(source)}: ${all.map(printable).join(', ')}`,
  );
  return [line(bits, comparison, because), ...held];
}

/** A waterfall as lines of text for a terminal or a file, with a line feed at its end. */
export function waterfallAsText(waterfall: Waterfall): string {
  const [a, b] = waterfall.between.map(printable);
  return [
    `${a ?? ''} and ${b ?? ''}`,
    ...waterfall.bars.flatMap(barLines),
    line(waterfall.bits, 'sum', verdictOf(waterfall)),
    '',
  ].join('\n');
}
