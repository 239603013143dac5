import { z } from 'zod';

/**
 * Runs many command lines one after another in one process, each as `holdfast` would, and prints what each said and its
 * exit status. Starting a process for each would take longer than all of them together.
 */

const lines = z.array(z.array(z.string())).parse(JSON.parse(process.argv[2] ?? ''));
const real = process.stdout.write.bind(process.stdout);
const printed: { status: number; out: string; told: string }[] = [];

function heard(stream: NodeJS.WriteStream, hear: (text: string) => void): void {
  stream.write = (text: string | Uint8Array): boolean => {
    hear(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'));
    return true;
  };
}

for (const [n, words] of lines.entries()) {
  const said = { out: '', told: '' };
  heard(process.stdout, (text) => (said.out += text));
  heard(process.stderr, (text) => (said.told += text));
  process.argv = [process.argv[0] ?? 'node', 'holdfast', ...words];
  process.exitCode = 0;
  try {
    // Another address each time, so that the module is run again; what it imports is not.
    const address = `../../deploy/command.ts?line=${n}&of=.ts`;
    await import(address);
  } catch (error) {
    said.told += `THROWN ${String(error)}`;
    process.exitCode = 70;
  }
  printed.push({ status: typeof process.exitCode === 'number' ? process.exitCode : 0, ...said });
}
process.exitCode = 0;
real(JSON.stringify(printed));
