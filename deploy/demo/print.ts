/** Plain text for a terminal of a hundred columns; colour only where somebody looks. */

const WIDTH = 100;
const inColour = process.stdout.isTTY;

const style = (code: number) => (text: string) => (inColour ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = style(1);
export const dim = style(2);
export const green = style(32);
export const yellow = style(33);

/** Writes a line, wrapped at the width with every further line indented. */
export function line(text = '', indent = 0): void {
  const words = text.split(' ');
  let current = ' '.repeat(indent);
  let empty = true;
  for (const word of words) {
    if (!empty && visible(current).length + 1 + visible(word).length > WIDTH) {
      process.stdout.write(`${current}\n`);
      current = ' '.repeat(indent);
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  process.stdout.write(`${current}\n`);
}

// eslint-disable-next-line no-control-regex -- the escapes that `style` writes
const visible = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '');

/** A heading with a rule across the page. */
export function heading(text: string): void {
  process.stdout.write(`\n${bold(`── ${text} ${'─'.repeat(Math.max(0, WIDTH - text.length - 4))}`)}\n`);
}

/** A row of columns, each padded to its width. */
export function row(cells: readonly (readonly [text: string, width: number])[], indent = 2): void {
  const text = cells.map(([cell, width]) => cell + ' '.repeat(Math.max(1, width - visible(cell).length))).join('');
  process.stdout.write(`${' '.repeat(indent)}${text.trimEnd()}\n`);
}
