import { describe, expect, it } from '@jest/globals';
import { sign } from 'node:crypto';
import { diffBundles } from '../../policies/engine/diff/diff-bundles.ts';
import { readSignedBundle, signedBundleText, statementText } from '../../policies/engine/sign/bundle-form.ts';
import { sayBundleFault } from '../../policies/engine/sign/sentences.ts';
import { signFolder } from '../../policies/engine/sign/sign-bundle.ts';
import { missingSignatures, officesNeeded, type GainsBetween } from '../../policies/engine/sign/signatures-needed.ts';
import { readSigners, type Office } from '../../policies/engine/sign/signers.ts';
import { maySucceed } from '../../policies/engine/sign/succeed.ts';
import { verifyBundles } from '../../policies/engine/sign/verify-bundle.ts';
import { shippedFiles } from '../promises/policy-shipped.ts';
import { handOf, partnershipHands, signersFor, signWith, type Hand } from './signing.ts';

const FILES = Object.fromEntries(shippedFiles().map(({ path, text }) => [path, text]));
const hands = partnershipHands();
const signers = signersFor(hands);
const byId = (id: string): Hand => {
  const hand = hands.find(({ signer }) => signer.id === id);
  if (hand === undefined) throw new Error(`nobody is ${id}`);
  return hand;
};
const nothingGained: GainsBetween = () => [];
const policeGain: GainsBetween = () => [{ owner: 'police', class: 'CT', field: 'pol.phone' }];

function mustSign(...args: Parameters<typeof signWith>): readonly string[] {
  const signed = signWith(...args);
  if (signed.ok) return signed.value;
  throw new Error(sayBundleFault(signed.error));
}

const FIRST = mustSign(hands, { texts: [], files: FILES }, { signers, gainsBetween: nothingGained });
const edited = (from: string, to: string, name = 'engage.yaml'): Record<string, string> => {
  const text = FILES[name] ?? '';
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  return { ...FILES, [name]: text.replace(from, to) };
};
const STRICTER = edited('retainMonths: 12', 'retainMonths: 6');
const [, ...others] = hands;
const author = byId('ig-lead');
const twoOf = (gainsBetween: GainsBetween, signing: readonly Hand[]) =>
  signWith([author, ...signing], { texts: FIRST, files: STRICTER }, { signers, gainsBetween });
const codeOf = (texts: readonly string[], gainsBetween = nothingGained, of = signers): string => {
  const verified = verifyBundles(texts, { signers: of, gainsBetween });
  return verified.ok ? 'holds' : verified.error.code;
};

describe('a first bundle', () => {
  it('holds once every owner, a Caldicott Guardian and the author signed it', () => {
    const verified = verifyBundles(FIRST, { signers, gainsBetween: nothingGained });
    expect(verified).toMatchObject({
      ok: true,
      value: { signed: { number: 1, author: 'ig-lead' }, folder: { files: FILES } },
    });
  });

  it.each(others.map(({ signer }) => signer.id))('P2: is refused without the signature of %s', (left) => {
    const texts = mustSign(
      hands.filter(({ signer }) => signer.id !== left),
      { texts: [], files: FILES },
      { signers, gainsBetween: nothingGained },
    );
    expect(codeOf(texts)).toBe('signature-short');
  });

  it('P2: is refused unsigned, and with one byte altered anywhere that can be altered', () => {
    expect(codeOf([])).toBe('nothing-signed');
    const text = FIRST[0] ?? '';
    // A byte of a rule, of a comment, of a digest, of a signature, of the layout.
    for (const at of [text.indexOf('level: full'), text.indexOf('# What'), text.indexOf('"version":"') + 12]) {
      const changed = `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
      expect(codeOf([changed])).not.toBe('holds');
    }
    for (let at = 0; at < text.length; at += Math.ceil(text.length / 40)) {
      const code = text.charCodeAt(at);
      expect(codeOf([text.slice(0, at) + String.fromCharCode(code === 97 ? 98 : 97) + text.slice(at + 1)])).not.toBe(
        'holds',
      );
    }
    expect(codeOf([text.trimEnd()])).toBe('malformed');
    expect(codeOf([JSON.stringify(JSON.parse(text), null, 1)])).toBe('malformed');
  });

  it('P2: is refused when its files say something else than its version, whoever signed', () => {
    const read = readSignedBundle(FIRST[0] ?? '');
    if (!read.ok) throw new Error('not read');
    const statement = { ...read.value.statement, files: STRICTER };
    const signatures = hands.map(({ signer, key }) => ({
      signer: signer.id,
      signature: sign(null, Buffer.from(statementText(statement)), key).toString('base64url'),
    }));
    expect(codeOf([signedBundleText({ statement, signatures })])).toBe('version-differs');
  });
});

describe('signatures are needed by what a change does', () => {
  it('nothing gained: one other person; the author alone never', () => {
    expect(twoOf(nothingGained, [])).toMatchObject({ ok: true });
    const alone = twoOf(nothingGained, []);
    expect(alone.ok && codeOf(alone.value)).toBe('signature-short');
    const two = twoOf(nothingGained, [byId('guardian')]);
    expect(two.ok && codeOf(two.value)).toBe('holds');
  });

  it('a gain of police fields: the police owner, and another owner does not do', () => {
    const wrong = twoOf(policeGain, [byId('housing-owner')]);
    expect(wrong.ok && codeOf(wrong.value, policeGain)).toBe('signature-short');
    const right = twoOf(policeGain, [byId('police-owner')]);
    expect(right.ok && codeOf(right.value, policeGain)).toBe('holds');
  });

  it('the same by the semantic diff of two real versions', () => {
    const wider = edited('level: summary', 'level: partial');
    const gainsBetween: GainsBetween = (old, now) => diffBundles(old, now).gains;
    const draft = mustSign([author], { texts: FIRST, files: wider }, { signers, gainsBetween });
    const waiting = verifyBundles(draft, { signers, gainsBetween });
    if (waiting.ok || waiting.error.code !== 'signature-short') throw new Error('should wait for owners');
    expect(waiting.error.missing.offices).toEqual(['owner:housing', 'owner:police', 'owner:probation']);
  });

  it('a field that is made less in another way, or reclassified, counts as gained', () => {
    const moved = edited('class: HX', 'class: CR', 'fields.yaml');
    const draft = signWith(
      [author, byId('police-owner')],
      { texts: FIRST, files: moved },
      { signers, gainsBetween: nothingGained },
    );
    if (!draft.ok) throw new Error(sayBundleFault(draft.error));
    const waiting = verifyBundles(draft.value, { signers, gainsBetween: nothingGained });
    expect(waiting).toMatchObject({ error: { missing: { offices: ['caldicott', 'owner:health'] } } });
  });

  it.each<[string, readonly Office[]]>([
    ['HX', ['caldicott', 'owner:health']],
    ['ID', ['caldicott', 'owner:health']],
  ])('any field of health, class %s, needs a Caldicott Guardian', (of, offices) => {
    expect(officesNeeded([{ owner: 'health', class: of, field: 'hea.name' }])).toEqual(offices);
  });
});

describe('two keys of one person count once', () => {
  const needed: readonly Office[] = ['caldicott', 'owner:health'];
  const by = handOf('writer', ['ig']).signer;

  it('for two offices', () => {
    const one = handOf('dana-1', ['caldicott', 'owner:health'], { person: 'dana', team: 'safeguarding' }).signer;
    const two = handOf('dana-2', ['caldicott', 'owner:health'], { person: 'dana', team: 'safeguarding' }).signer;
    expect(missingSignatures(needed, by, [by, one, two]).offices).toHaveLength(1);
    const eli = handOf('eli', ['owner:health']).signer;
    expect(missingSignatures(needed, by, [by, one, two, eli])).toEqual({ offices: [], another: false });
  });

  it('and the author’s second key, or a colleague of the author’s team, for nothing', () => {
    const second = handOf('writer-2', ['owner:health', 'caldicott'], { person: by.person, team: 'another' }).signer;
    const colleague = handOf('colleague', ['owner:health', 'caldicott'], { team: by.team }).signer;
    expect(missingSignatures(needed, by, [by, second, colleague])).toEqual({ offices: needed, another: true });
  });

  it('whatever the order in which people come, as many offices are filled as can be', () => {
    const both = handOf('both', ['caldicott', 'owner:health']).signer;
    const owner = handOf('owner', ['owner:health']).signer;
    for (const signed of [
      [both, owner],
      [owner, both],
    ])
      expect(missingSignatures(needed, by, signed).offices).toEqual([]);
  });

  it('a signers file that lists one key twice, one person in two teams or no real key is refused', () => {
    const row = ({ signer }: Hand) => JSON.stringify(signer);
    const file = (...rows: string[]) => readSigners('signers.yaml', `signers: [${rows.join(', ')}]\n`);
    const [one, two] = [handOf('one', ['ig']), handOf('two', ['ig'])];
    expect(file(row(one), row(two)).ok).toBe(true);
    expect(file(row(one), row({ ...two, signer: { ...two.signer, publicKey: one.signer.publicKey } })).ok).toBe(false);
    expect(file(row(one), row({ ...two, signer: { ...two.signer, person: 'one' } })).ok).toBe(false);
    expect(file(row(one), row({ ...two, signer: { ...two.signer, publicKey: 'A'.repeat(43) } })).ok).toBe(false);
    expect(file(row(one)).ok).toBe(false);
  });
});

describe('P2: who wants another bundle loaded than was signed', () => {
  const SECOND = mustSign(
    [author, byId('guardian')],
    { texts: FIRST, files: STRICTER },
    { signers, gainsBetween: nothingGained },
  );
  const last = (texts: readonly string[]) => {
    const verified = verifyBundles(texts, { signers, gainsBetween: nothingGained });
    if (!verified.ok) throw new Error(verified.error.code);
    return verified.value;
  };

  it('cannot put a forged bundle before it, which gives all that it wants to give', () => {
    const [stranger, accomplice] = [handOf('stranger', ['ig']), handOf('accomplice', ['ig'])];
    const theirs = mustSign(
      [stranger, accomplice],
      { texts: [], files: FILES },
      { signers: signersFor([stranger, accomplice]), gainsBetween: nothingGained },
    );
    const read = readSignedBundle(theirs[0] ?? '');
    if (!read.ok) throw new Error('not read');
    const forged = signedBundleText({ ...read.value, statement: { ...read.value.statement, signers: signers.digest } });
    expect(codeOf([forged])).toBe('unknown-signer');
    expect(codeOf([forged, SECOND[1] ?? ''])).toBe('out-of-order');
  });

  it('cannot go back to an older one by taking the newer away', () => {
    expect(maySucceed(last(FIRST), last(SECOND).signed)).toMatchObject({
      error: { code: 'rolled-back', number: 1, after: 2 },
    });
    expect(maySucceed(undefined, last(SECOND).signed)).toMatchObject({ error: { code: 'unsigned' } });
    expect(maySucceed(last(SECOND), last(FIRST).signed)).toEqual({ ok: true, value: true });
    expect(maySucceed(last(SECOND), last(SECOND).signed)).toEqual({ ok: true, value: true });
  });

  it('cannot continue another history', () => {
    const other = mustSign(
      [author, byId('guardian')],
      { texts: FIRST, files: edited('retainMonths: 12', 'retainMonths: 3') },
      { signers, gainsBetween: nothingGained },
    );
    expect(maySucceed(last(other), last(SECOND).signed)).toMatchObject({ error: { code: 'forked' } });
  });

  it('brings an older one back only by an order that is signed as any change is', () => {
    const back = { texts: SECOND, files: FILES };
    const quietly = signWith([author, byId('guardian')], back, { signers, gainsBetween: nothingGained });
    expect(quietly).toMatchObject({ error: { code: 'brings-back', earlier: 1 } });
    const gainsBetween: GainsBetween = (old, now) =>
      old.version === last(FIRST).bundle.version ? [] : policeGain(old, now);
    const short = mustSign([author, byId('guardian')], back, { signers, gainsBetween, restore: 1 });
    expect(codeOf(short, gainsBetween)).toBe('signature-short');
    const ordered = mustSign([author, byId('police-owner')], back, { signers, gainsBetween, restore: 1 });
    expect(codeOf(ordered, gainsBetween)).toBe('holds');
    const other = signWith(
      [author],
      { texts: SECOND, files: edited('retainMonths: 12', 'retainMonths: 3') },
      { signers, gainsBetween: nothingGained, restore: 1 },
    );
    expect(other).toMatchObject({ error: { code: 'restores-another' } });
  });

  it('cannot list signers of its own: the list is signed for as the first bundle was', () => {
    const newcomer = handOf('newcomer', ['owner:police']);
    const longer = signersFor([...hands, newcomer]);
    expect(codeOf(SECOND, nothingGained, longer)).toBe('other-signers');
    const few = mustSign(
      [author, byId('guardian')],
      { texts: SECOND, files: STRICTER },
      { signers: longer, gainsBetween: nothingGained },
    );
    expect(codeOf(few, nothingGained, longer)).toBe('signature-short');
    const all = mustSign(hands, { texts: SECOND, files: STRICTER }, { signers: longer, gainsBetween: nothingGained });
    expect(codeOf(all, nothingGained, longer)).toBe('holds');
  });

  it('cannot take an invariant away as a small change', () => {
    const invariants = { 'lines.yaml': 'statements: []\n' };
    const held = mustSign(hands, { texts: [], files: FILES, invariants }, { signers, gainsBetween: nothingGained });
    const two = [author, byId('guardian')];
    const without = mustSign(two, { texts: held, files: FILES }, { signers, gainsBetween: nothingGained });
    expect(codeOf(without)).toBe('signature-short');
    const more = { ...invariants, 'more.yaml': 'statements: []\n' };
    expect(
      codeOf(mustSign(two, { texts: held, files: FILES, invariants: more }, { signers, gainsBetween: nothingGained })),
    ).toBe('holds');
  });

  it('cannot use a key that was retired', () => {
    const retired = signersFor(
      hands.map((hand) => (hand === byId('guardian') ? { ...hand, signer: { ...hand.signer, until: 1 } } : hand)),
    );
    expect(retired.digest).toBe(signers.digest);
    expect([codeOf(FIRST, nothingGained, retired), codeOf(SECOND, nothingGained, retired)]).toEqual([
      'holds',
      'unknown-signer',
    ]);
  });

  it('cannot have people sign what the folder no longer is', () => {
    const draft = mustSign([author], { texts: FIRST, files: STRICTER }, { signers, gainsBetween: nothingGained });
    const verifying = { signers, gainsBetween: nothingGained };
    const other = edited('retainMonths: 12', 'retainMonths: 120');
    const { key } = byId('guardian');
    expect(signFolder({ texts: draft, folder: { files: other, invariants: {} }, key, verifying })).toMatchObject({
      error: { code: 'folder-differs' },
    });
    expect(
      signFolder({
        texts: draft,
        folder: { files: STRICTER, invariants: {} },
        key: handOf('x', ['ig']).key,
        verifying,
      }),
    ).toMatchObject({
      error: { code: 'key-not-listed' },
    });
  });
});
