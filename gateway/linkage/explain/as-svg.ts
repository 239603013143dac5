import { PROBABLE, TOGETHER } from '../weigh/weights.ts';
import { signed, verdictOf, type Waterfall, type WaterfallBar } from './waterfall.ts';

/**
 * A waterfall as one self-contained SVG: no script, no style sheet, no reference. Every text is escaped: a name in a
 * record is written by whoever gave it, and this is drawn in a worker's browser.
 */

const WIDTH = 960;
const ROW = 44;
const TOP = 64;
const CHART_LEFT = 560;
const CHART_RIGHT = 880;
const BAR_HEIGHT = 18;
/** Longer words are cut: an SVG does not wrap. */
const LONGEST_LINE = 84;

const COLOURS = { up: '#00703c', down: '#d4351c', sum: '#1d70b8', ink: '#0b0c0c', faint: '#505a5f', rule: '#b1b4b6' };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or an attribute; what XML 1.0 forbids is left out. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const cut = (text: string): string => (text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE - 1)}…`);

interface Scale {
  readonly x: (bits: number) => number;
}

/** All sums, 0 and the thresholds lie between the edges of the chart. */
function scaleOf({ bars, bits }: Waterfall): Scale {
  const reached = [0, PROBABLE, TOGETHER, bits, ...bars.flatMap(({ from, to }) => [from, to])];
  const [least, most] = [Math.min(...reached), Math.max(...reached)];
  return { x: (value) => CHART_LEFT + ((value - least) / (most - least)) * (CHART_RIGHT - CHART_LEFT) };
}

const at = (value: number): string => value.toFixed(1);

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${at(x)}" y="${at(y)}"${more}>${escaped(words)}</text>`;

function box(scale: Scale, y: number, from: number, to: number, colour: string): string {
  const [left, right] = [scale.x(Math.min(from, to)), scale.x(Math.max(from, to))];
  const width = Math.max(1, right - left);
  return `<rect x="${at(left)}" y="${at(y)}" width="${at(width)}" height="${BAR_HEIGHT}" fill="${colour}"/>`;
}

const heldWords = ({ values }: WaterfallBar): string =>
  values.map(({ source, values: all }) => `${source}: ${all.join(', ')}`).join('; ');

function barRow(scale: Scale, bar: WaterfallBar, index: number): string {
  const y = TOP + index * ROW;
  const colour = bar.bits < 0 ? COLOURS.down : COLOURS.up;
  const held = heldWords(bar);
  return [
    '<g>',
    text(16, y + 14, cut(bar.because)),
    held === '' ? '' : text(16, y + 31, cut(held), ` fill="${COLOURS.faint}" font-size="12"`),
    bar.bits === 0 ? '' : box(scale, y, bar.from, bar.to, colour),
    text(WIDTH - 16, y + 14, signed(bar.bits), ' text-anchor="end"'),
    '</g>',
  ].join('');
}

function threshold(scale: Scale, bits: number, bottom: number): string {
  const x = at(scale.x(bits));
  const rule = `<line x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom}" stroke="${COLOURS.rule}" stroke-dasharray="4 3"/>`;
  return (
    rule + text(scale.x(bits), TOP - 14, String(bits), ` text-anchor="middle" fill="${COLOURS.faint}" font-size="12"`)
  );
}

/** The waterfall as an SVG document of text, with a title and a description that say all that the picture shows. */
export function waterfallAsSvg(waterfall: Waterfall): string {
  const scale = scaleOf(waterfall);
  const bottom = TOP + waterfall.bars.length * ROW;
  const height = bottom + ROW + 16;
  const title = `Why ${waterfall.between.join(' and ')} may be one person`;
  const verdict = `${signed(waterfall.bits)} bits: ${verdictOf(waterfall)}`;
  const told = waterfall.bars.map(({ bits, because }) => `${signed(bits)} ${because}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="waterfall-title waterfall-desc"`,
    ` viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="14" fill="${COLOURS.ink}">`,
    `<title id="waterfall-title">${escaped(title)}</title>`,
    `<desc id="waterfall-desc">${escaped([...told, verdict].join(' '))}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(16, 28, cut(title), ' font-size="18" font-weight="bold"'),
    ...[0, PROBABLE, TOGETHER].map((bits) => threshold(scale, bits, bottom)),
    ...waterfall.bars.map((bar, index) => barRow(scale, bar, index)),
    box(scale, bottom, 0, waterfall.bits, COLOURS.sum),
    text(16, bottom + 14, cut(verdict), ' font-weight="bold"'),
    text(WIDTH - 16, bottom + 14, signed(waterfall.bits), ' text-anchor="end" font-weight="bold"'),
    '</svg>\n',
  ].join('');
}
