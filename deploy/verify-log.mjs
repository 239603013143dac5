/**
 * Verifies an export of the access log, written a second time from its description: no dependency, no code shared with
 * the gateway, Node.js built-ins only. Where this and `holdfast log verify` disagree, one of them is wrong.
 *
 *   node verify-log.mjs FOLDER --log-key KEY --witness KEY --witness KEY --quorum 2 [--known FILE]
 *   node verify-log.mjs --vectors FOLDER     proofs of github.com/transparency-dev/merkle, testdata
 * Exit status 0: it holds. 1: it does not, and why. 2: it could not be tried.
 */
import { createHash, createPublicKey, hash, verify } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readFileSync } from 'node:fs';
import * as util from 'node:util';

class Refused extends Error {}
function demand(holds, sentence) {
  if (!holds) throw new Refused(sentence);
}
function attempt(work, sentence) {
  try {
    return work();
  } catch {
    throw new Refused(sentence);
  }
}

const leafHash = (bytes) => hash('sha256', Buffer.concat([Buffer.of(0), bytes]), 'buffer');
const nodeHash = (left, right) => hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer');
const [LOG, WITNESS] = [1, 4]; // types of C2SP signed-note
const EMPTY = hash('sha256', '', 'buffer');
const half = (n) => Math.floor(n / 2);
const isOdd = (n) => n % 2 === 1;

class Tree {
  size = 0;
  #edge = [];
  add(subtree, width = 1) {
    this.size += width;
    for (let n = this.size / width; !isOdd(n); n = half(n)) subtree = nodeHash(this.#edge.pop(), subtree);
    this.#edge.push(subtree);
  }
  root() {
    return this.size === 0 ? EMPTY : this.#edge.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Widths of the complete subtrees that make up the leaves from `begin` up to `end`, left to right. */
function widths(begin, end) {
  const found = [];
  for (let at = begin, width; at < end; at += width) {
    for (width = 1; at % (width * 2) === 0 && at + width * 2 <= end;) width *= 2;
    found.push(width);
  }
  return found;
}

const isSubtree = (start, end) => start >= 0 && start < end && start % 2 ** Math.ceil(Math.log2(end - start)) === 0;

function inclusionHolds(index, start, end, leaf, proof, root) {
  if (!isSubtree(start, end) || index < start || index >= end || leaf.length !== 32) return false;
  let [at, last, computed] = [index - start, end - start - 1, leaf];
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== 32) return false;
    if (isOdd(at) || at === last) {
      computed = nodeHash(sibling, computed);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else computed = nodeHash(computed, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && computed.equals(root);
}

/** That the leaves from `start` to `end`, with root `root1`, are part of the tree of `size` with root `root2`. */
function consistencyHolds(start, end, size, proof, root1, root2) {
  if (start === end) return end <= size && proof.length === 0 && root1.equals(EMPTY);
  if (end > size || !isSubtree(start, end) || proof.some((each) => each.length !== 32)) return false;
  let [first, second, last] = [start, end - 1, size - 1];
  const climb = () => ([first, second, last] = [half(first), half(second), half(last)]);
  while (first !== second && (second === last || isOdd(second))) climb();
  const [begin, ...rest] = first === second ? [root1, ...proof] : proof;
  let [old, whole] = [begin, begin];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(second) || second === last) {
      if (first < second) old = nodeHash(sibling, old);
      whole = nodeHash(sibling, whole);
      while (!isOdd(second) && second !== 0) climb();
    } else whole = nodeHash(whole, sibling);
    climb();
  }
  return last === 0 && begin !== undefined && old.equals(root1) && whole.equals(root2);
}

function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  demand(bytes.toString('base64') === text, `“${text}” is not base64`);
  return bytes;
}
function number(text) {
  demand(/^(0|[1-9]\d{0,14})$/.test(text), `“${text}” is not a number`);
  return Number(text);
}
function readKey(text, type) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = base64(encoded ?? '');
  const expected = createHash('sha256').update(`${name}\n`).update(bytes).digest('hex').slice(0, 8);
  demand(bytes[0] === type && bytes.length === 33 && id === expected, `${text} is not a key, or of another kind`);
  const key = { key: { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') }, format: 'jwk' };
  return { name, id, type, bytes: encoded, key: createPublicKey(key) };
}

/** Gives when the key signed, in seconds, or 0 for a log; throws where a signature that claims to be its own is false. */
function signedBy(text, lines, { name, id, type, key }) {
  for (const line of lines) {
    const [, by, encoded = 'nothing'] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = base64(encoded);
    if (by !== name || bytes.toString('hex', 0, 4) !== id) continue;
    const sentence = `the signature of ${name} does not hold: forged, damaged, or another key`;
    demand(bytes.length === (type === LOG ? 68 : 76), sentence);
    const time = type === LOG ? 0n : bytes.readBigUInt64BE(4);
    demand(type === LOG || (time > 0n && time < 2n ** 53n), sentence);
    const message = type === LOG ? text : `cosignature/v1\ntime ${time}\n${text}`;
    demand(verify(null, Buffer.from(message), key, bytes.subarray(type === LOG ? 4 : 12)), sentence);
    return Number(time);
  }
  return undefined;
}

function openCheckpoint(note, { logs, witnesses }, quorum, what) {
  const end = note.lastIndexOf('\n\n');
  // eslint-disable-next-line no-control-regex -- what the format forbids
  demand(end > 0 && note.endsWith('\n') && !/[\0-\t\v-\x1f]/.test(note), `${what} is cut short or no signed note`);
  const [text, lines] = [note.slice(0, end + 1), note.slice(end + 2, -1).split('\n')];
  const [origin, sizeText, rootText, ...more] = text.slice(0, -1).split('\n');
  const ours = logs.filter(({ name }) => name === origin);
  demand(ours.length > 0, `${what} is of the log “${origin}”, not of the one whose key was given`);
  const isSigned = ours.map((key) => signedBy(text, lines, key)).includes(0);
  demand(isSigned, `${what} is not signed with the log’s key: the key was replaced, or it is forged`);
  const times = witnesses.flatMap((key) => signedBy(text, lines, key) ?? []);
  demand(times.length >= quorum, `${what} has ${times.length} of the ${quorum} witness signatures that are asked for`);
  // From this second on a quorum says that the tree was the newest it had seen.
  const latest = times.toSorted((a, b) => b - a)[quorum - 1] ?? 0;
  const root = base64(rootText ?? '');
  demand(root.length === 32 && !more.includes(''), `${what} is not a checkpoint`);
  return { origin, size: number(sizeText), root, latest, cosigners: times.length };
}

/** RFC 8785 beyond JSON.stringify's own spelling: names rise, and no surrogate stands alone. */
function isInForm(value) {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  const names = Array.isArray(value) ? [] : Object.keys(value);
  const rise = names.every((name, n) => name.isWellFormed() && (n === 0 || names[n - 1] < name));
  return rise && Object.values(value).every(isInForm);
}

function checkEntry(text, position, before) {
  const value = attempt(() => JSON.parse(text), `entry ${position} is no entry: its text was changed`);
  const { body, recordedAt } = value ?? {};
  const hasTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(recordedAt);
  demand(hasTime && typeof body?.kind === 'string', `entry ${position} is no entry: its text was changed`);
  demand(JSON.stringify(value) === text && isInForm(value), `entry ${position} is not as the log writes`);
  demand(value.position === position, `another entry stands in place ${position}: deleted, inserted or re-ordered`);
  demand(recordedAt >= before.recordedAt, `entry ${position} was back-dated: it is older than the one before it`);
  const isLate = Date.parse(recordedAt) + 300_000 >= before.witnessed * 1000;
  demand(isLate, `entry ${position} was back-dated: witnesses had already seen the log without it`);
  return recordedAt;
}

const utf8 = new util.TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
async function readEntries(path, tree, until, milestones) {
  let [sum, rest] = [createHash('sha256'), Buffer.alloc(0)];
  const passed = milestones.flatMap(({ size, latest }) => (size <= tree.size ? [latest] : []));
  const before = { recordedAt: '', witnessed: Math.max(0, ...passed) };
  const due = new Map(milestones.map((each) => [each.size, each]));
  const take = (line) => {
    const position = tree.size;
    demand(position < until, `entry ${position} is one too many: it was added`);
    const text = attempt(() => utf8.decode(line), `entry ${position} is no text: it was changed`);
    before.recordedAt = checkEntry(text, position, before);
    tree.add(leafHash(line));
    const milestone = due.get(tree.size);
    if (milestone === undefined) return;
    demand(tree.root().equals(milestone.root), `the entries up to ${position} do not make the tree that was signed`);
    before.witnessed = Math.max(before.witnessed, milestone.latest);
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    sum.update(chunk);
    rest = Buffer.concat([rest, chunk]);
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
      take(rest.subarray(0, at));
      rest = rest.subarray(at + 1);
    }
    demand(rest.length <= 65_535, `entry ${tree.size} is longer than any entry`);
  }
  demand(tree.size >= until && rest.length === 0, `the entries end in entry ${tree.size}: the end was cut off`);
  return sum.digest('hex');
}

async function verifyFolder(folder, keys, quorum, known) {
  const bytesOf = (file) => {
    const found = lstatSync(`${folder}/${file}`, { throwIfNoEntry: false });
    demand(found?.isFile() && found.size <= 1 << 20, `${file} is not there, or is no file of an export`);
    return readFileSync(`${folder}/${file}`);
  };
  const hashesIn = (file, count) => {
    const lines = bytesOf(file).toString('latin1').split('\n');
    const isWhole = lines.pop() === '' && lines.every((line) => line.length === 44);
    demand(isWhole && lines.length === (count ?? lines.length), `${file} is cut short`);
    return lines.map(base64);
  };
  const about = attempt(() => JSON.parse(bytesOf('export.json').toString()), 'export.json is not there or cut short');
  const { format, origin, from, until, size, checkpoints } = about;
  const isSize = (each) => Number.isSafeInteger(each) && each >= 0 && (each <= until || each === size);
  const isRising = Array.isArray(checkpoints) && checkpoints.every((each, n) => n === 0 || each > checkpoints[n - 1]);
  const fits = isRising && [from, until, ...checkpoints].every(isSize) && from < until && checkpoints.at(-1) === size;
  demand(format === 'holdfast-log-export/1' && fits && until <= size, 'export.json is not what an export has');
  const earlier = checkpoints.filter((each) => each > 0 && each <= from);
  const wanted = ['README.txt', 'entries.jsonl', 'export.json', 'keys.txt', 'proofs/after.txt', 'proofs/before.txt'];
  for (const each of checkpoints) wanted.push(`checkpoints/${each}.txt`);
  for (const each of earlier) wanted.push(`proofs/consistency-${each}.txt`);
  const there = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => !each.isDirectory());
  demand(there.length === wanted.length + 1, 'a file is missing, or one does not belong to this export');
  const sums = new Map();
  for (const line of bytesOf('SHA256SUMS').toString().replace(/\n$/, '').split('\n')) {
    const [, sum, file] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
    demand(wanted.includes(file) && !sums.has(file), 'SHA256SUMS is malformed or names what does not belong here');
    sums.set(file, sum);
    demand(file === 'entries.jsonl' || hash('sha256', bytesOf(file)) === sum, `${file} is not what its sum says`);
  }
  demand(sums.size === wanted.length, 'SHA256SUMS does not name every file');
  const milestones = checkpoints.map((each) => {
    const opened = openCheckpoint(bytesOf(`checkpoints/${each}.txt`).toString(), keys, quorum, `checkpoint ${each}`);
    demand(opened.size === each && opened.origin === origin, `checkpoint ${each} is not the one it is named for`);
    return opened;
  });
  const last = milestones.at(-1);
  const kept = known === undefined ? undefined : openCheckpoint(known, keys, 0, '--known');
  demand(!(kept?.size > size), `--known covers ${kept?.size} entries, this export ${size}: its end was cut off`);
  const same = milestones.find((each) => each.size === kept?.size);
  demand(same === undefined || same.root.equals(kept.root), 'two histories: --known names another tree');
  const points = kept === undefined || same !== undefined ? milestones : [...milestones, { ...kept, latest: 0 }];
  const isShown = points === milestones || (kept.size > from && kept.size <= until);
  demand(isShown, '--known is not shown by this export: ask for one from entry 0');
  const tree = new Tree();
  const push = (file, begin, end) => {
    const all = widths(begin, end);
    hashesIn(file, all.length).forEach((each, n) => tree.add(each, all[n]));
  };
  push('proofs/before.txt', 0, from);
  const sum = await readEntries(`${folder}/entries.jsonl`, tree, until, points);
  demand(sum === sums.get('entries.jsonl'), 'entries.jsonl is not what its sum says');
  push('proofs/after.txt', until, size);
  demand(tree.root().equals(last.root), `the entries do not make the tree over ${size} entries that was signed`);
  for (const { size: old, root } of milestones.filter((each) => earlier.includes(each.size))) {
    const holds = consistencyHolds(0, old, size, hashesIn(`proofs/consistency-${old}.txt`), root, last.root);
    demand(holds, `the tree over ${size} entries does not continue the one over ${old}`);
  }
  return `Entries ${from} to ${until - 1} of “${origin}” hold, ${last.cosigners} witnesses on the newest tree.\nHead ${size}:${last.root.toString('base64url')}`;
}

function runVectors(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json'));
  const b64 = (text) => Buffer.from(text ?? '', 'base64');
  const wrong = files.filter((file) => {
    const vector = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
    const proof = (vector.proof ?? []).map(b64);
    const { start = 0, end = vector.treeSize ?? vector.size1, size = vector.size2 } = vector;
    const [leaf, root, root1, root2] = ['leafHash', 'root', 'root1', 'root2'].map((name) => b64(vector[name]));
    // From the empty tree everything follows, so a proof of it says nothing; of a subtree it may be empty.
    const says = vector.size1 !== 0 || (size === 0 && root1.equals(root2));
    const holds =
      vector.root1 === undefined
        ? inclusionHolds(vector.leafIdx, start, end, leaf, proof, root)
        : says && consistencyHolds(start, end, size, proof, root1, root2);
    return holds === vector.wantErr;
  });
  demand(files.length > 0 && wrong.length === 0, `${wrong.length} vectors differ: ${wrong.join(', ')}`);
  return `${files.length} vectors agree.`;
}

async function run() {
  const [one, many] = [{ type: 'string' }, { type: 'string', multiple: true }];
  const options = { 'log-key': many, witness: many, quorum: one, known: one, vectors: one };
  const { values, positionals } = util.parseArgs({ options, allowPositionals: true });
  if (values.vectors !== undefined) return runVectors(values.vectors);
  if (positionals.length !== 1 || !values['log-key']) throw new Error('FOLDER and --log-key are wanted');
  const witnesses = (values.witness ?? []).map((text) => readKey(text, WITNESS));
  const distinct = new Set(witnesses.flatMap(({ name, bytes }) => [name, bytes])).size / 2;
  const quorum = number(values.quorum ?? '');
  const fits = distinct === witnesses.length && quorum <= distinct && quorum >= Math.min(1, distinct);
  if (!fits) throw new Error('a witness was given twice, or --quorum is not from 1 to the number of witnesses');
  const keys = { logs: values['log-key'].map((text) => readKey(text, LOG)), witnesses };
  return verifyFolder(positionals[0], keys, quorum, values.known && readFileSync(values.known, 'utf8'));
}

try {
  process.stdout.write(`${await run()}\n`);
} catch (error) {
  process.exitCode = error instanceof Refused ? 1 : 2;
  process.stderr.write(`${process.exitCode === 1 ? 'Does not hold' : 'Could not be tried'}: ${error.message}.\n`);
}
