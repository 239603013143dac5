import { describe, expect, it } from '@jest/globals';
import { assembleBundle } from '../../policies/engine/assemble.ts';
import type { BundleContent, PolicyBundle } from '../../policies/engine/bundle.ts';
import { diffBundles } from '../../policies/engine/diff/diff-bundles.ts';
import type { Change, PolicyDiff } from '../../policies/engine/diff/diff-bundles.ts';
import { interpret } from '../../policies/engine/index.ts';
import type { CapText, GrantText } from '../../policies/engine/language.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';
import { randomOf } from '../population/random.ts';
import type { Random } from '../population/random.ts';

/** Two versions of the agreements compared: who gains what, who loses what, and a proof where nobody does. */

const whole = mustLoad(shippedFiles());

/** The shipped agreements for some purposes: comparing all of them each time would say no more. */
const onlyFor = (...purposes: readonly string[]): PolicyBundle =>
  assembleBundle({
    ...whole,
    purposes: new Map([...whole.purposes].filter(([purpose]) => purposes.includes(purpose))),
  });

const shipped = onlyFor('HOUSING', 'ENGAGE');

function withAgreement(purpose: string, change: (rules: Rules) => Partial<Rules>, of = shipped): PolicyBundle {
  const before = of.agreements.get(purpose);
  if (before === undefined) throw new Error(`${purpose} is shipped`);
  const agreements = new Map([...of.agreements, [purpose, { ...before, ...change(before) }]]);
  return assembleBundle({ ...of, agreements });
}
interface Rules {
  readonly grants: readonly GrantText[];
  readonly caps: readonly CapText[];
}

/** What an entry says without its example, which another direction may find elsewhere. */
const said = ({ requesterGroup, role, purpose, field, from, to, cells }: Change) =>
  `${requesterGroup} ${role} ${purpose} ${field} ${from} ${to} ${cells}`;
const undone = (change: Change) => said({ ...change, from: change.to, to: change.from });

/** Every example is decided by the interpreter, under both versions, as the difference says. */
function expectExamplesToHold(old: PolicyBundle, now: PolicyBundle, { gains, losses }: PolicyDiff): void {
  for (const { request, field, from, to } of [...gains, ...losses]) {
    expect(interpret(old, request, [field])[0]?.level).toBe(from);
    expect(interpret(now, request, [field])[0]?.level).toBe(to);
  }
}

describe('the difference of two versions of the agreements', () => {
  it('is nothing between a bundle and itself, and that is proved by equal diagrams', () => {
    const same = diffBundles(whole, mustLoad([...shippedFiles()].reverse()));
    expect(same).toMatchObject({ sameDecisions: true, gains: [], losses: [], others: [], restatements: [] });
    expect(same.diagrams).toBe(whole.purposes.size * REQUESTER_GROUPS.length * shipped.fields.size);
    expect(same.cellsOfEach).toBeGreaterThan(10n ** 9n);
  });

  it('names who gains what, in words, with the exact number of states', () => {
    const wider = withAgreement('HOUSING', ({ grants }) => ({
      grants: grants.map((grant) => (grant.id === 'housing-police-in-part' ? { ...grant, level: 'full' } : grant)),
    }));
    const found = diffBundles(shipped, wider);
    expectExamplesToHold(shipped, wider, found);
    expect(found.losses).toEqual([]);
    expect(found.others).toEqual([]);
    const officer = found.gains.find(({ role, field }) => role === 'pol.da_officer' && field === 'hou.address');
    expect(officer).toMatchObject({ purpose: 'HOUSING', owner: 'housing', class: 'CT', from: 'partial', to: 'full' });
    expect(officer?.cells).toBeGreaterThan(0n);
    expect(officer?.example).toMatch(/^Domestic-abuse officer \(the police\) can now see all of it of Tenancy address/);
  });

  it('names who loses what', () => {
    const narrower = withAgreement('ENGAGE', ({ grants }) => ({
      grants: grants.filter(({ id }) => id !== 'engage-council-in-full'),
    }));
    const found = diffBundles(shipped, narrower);
    expectExamplesToHold(shipped, narrower, found);
    expect(found.gains).toEqual([]);
    expect(found.losses.some(({ role, field }) => role === 'dai.daiw' && field === 'pol.phone')).toBe(true);
    expect(found.losses.every(({ requesterGroup }) => requesterGroup === 'council')).toBe(true);
  });

  it('P4: a guard that is dropped is seen, for every field that it kept', () => {
    const marac = onlyFor('MARAC');
    const unguarded = assembleBundle({
      ...marac,
      guardCaps: marac.guardCaps.filter(({ id }) => id !== 'nhs-number-for-child-protection'),
    });
    const { gains, losses } = diffBundles(marac, unguarded);
    expect(losses).toEqual([]);
    expect(new Set(gains.map(({ field }) => field))).toEqual(new Set(['hea.nhs_number']));
    expect(new Set(gains.map(({ requesterGroup }) => requesterGroup))).toEqual(new Set(['childrens']));
  });

  it('turned round, exchanges gains and losses', () => {
    const mappa = onlyFor('MAPPA');
    const other = withAgreement(
      'MAPPA',
      ({ caps }) => ({ caps: caps.filter(({ id }) => id !== 'mappa-offenders-only') }),
      mappa,
    );
    const there = diffBundles(mappa, other);
    const back = diffBundles(other, mappa);
    expect(there.gains.length).toBeGreaterThan(100);
    expect(back.losses.map(undone).sort()).toEqual(there.gains.map(said).sort());
    expect(back.gains.map(undone).sort()).toEqual(there.losses.map(said).sort());
  });

  it('un-applied is empty', () => {
    const before = onlyFor('DVDS');
    const changed = withAgreement('DVDS', ({ caps }) => ({ caps: caps.slice(1) }), before);
    const back = withAgreement('DVDS', () => ({ caps: before.agreements.get('DVDS')?.caps ?? [] }), changed);
    expect(diffBundles(before, changed).sameDecisions).toBe(false);
    expect(diffBundles(before, back)).toMatchObject({ sameDecisions: true, gains: [], losses: [], others: [] });
  });

  it('lists apart what is no level: obligations, powers and words', () => {
    const reworded = withAgreement('HOUSING', ({ grants }) => ({
      grants: grants.map((grant) =>
        grant.id === 'housing-police-in-summary'
          ? { ...grant, necessity: 'Another sentence altogether.', obligations: { undertaking: true } }
          : grant,
      ),
    }));
    const found = diffBundles(shipped, reworded);
    // Whoever has not declared that he gives undertakings now sees less: that is a loss, and the rest is no level.
    expect(found.gains).toEqual([]);
    expect(found.losses.every(({ to }) => to === 'deny')).toBe(true);
    expect(found.others.find(({ level }) => level === 'summary')?.aspects).toEqual(['obligations', 'words']);
  });

  it('says what changed in the catalogues that no decision shows', () => {
    const fields = new Map(shipped.fields);
    const phone = fields.get('pol.phone');
    if (phone === undefined) throw new Error('pol.phone is shipped');
    fields.set('pol.phone', { ...phone, transform: ['phone'] });
    const found = diffBundles(shipped, assembleBundle({ ...shipped, fields }));
    expect(found.sameDecisions).toBe(true);
    expect(found.restatements).toEqual([{ kind: 'field', id: 'pol.phone', change: 'changed', keys: ['transform'] }]);
  });

  it('takes a purpose or a field that only one version has as giving nothing in the other', () => {
    const without = new Map([...shipped.fields].filter(([id]) => id !== 'hou.phone'));
    const fewer = assembleBundle({ ...shipped, fields: without });
    const { gains, losses, others } = diffBundles(fewer, shipped);
    expect(losses).toEqual([]);
    expect(others).toEqual([]);
    expect(new Set(gains.map(({ field }) => field))).toEqual(new Set(['hou.phone']));
  });
});

/** Rules that nobody wrote: as many as asked for, over the shipped catalogues. */
function randomContent(random: Random, rules: number): BundleContent {
  const purposes = [...shipped.purposes.keys()];
  const classes = [...shipped.classes.keys()];
  const caps: (CapText & { readonly purpose: string })[] = [];
  const grants: (GrantText & { readonly purpose: string })[] = [];
  for (let nth = 0; nth < rules; nth++) {
    const scope = { to: [random.pick(REQUESTER_GROUPS)], classes: [random.pick(classes)] };
    const when = random.chance(0.5) ? { when: { marac: [random.pick(['none', 'referred', 'listed'] as const)] } } : {};
    const purpose = random.pick(purposes);
    if (random.chance(0.3)) {
      const atMost = random.pick(['deny', 'exists', 'summary', 'partial'] as const);
      caps.push({ purpose, id: `cap-${nth}`, ...scope, ...when, atMost, why: 'Because chance said so here.' });
    } else {
      const level = random.pick(['exists', 'summary', 'partial', 'full'] as const);
      const more = { powers: ['CDA115'], necessity: 'Because chance said so here.' };
      grants.push({ purpose, id: `grant-${nth}`, ...scope, ...when, level, ...more });
    }
  }
  const agreements = purposes.map((purpose) => {
    const of = <T extends { readonly purpose: string }>(all: readonly T[]) =>
      all.filter((each) => each.purpose === purpose);
    return [purpose, { title: 'Random', obligations: {}, grants: of(grants), caps: of(caps) }] as const;
  });
  return { ...shipped, agreements: new Map(agreements), guardCaps: [] };
}

describe('the difference of bundles that nobody wrote', () => {
  it('finds the one role to whom one rule of 250 was opened, and nobody else', () => {
    const content = randomContent(randomOf(40), 250);
    const old = assembleBundle(content);
    const opened = new Map(content.agreements);
    const engage = opened.get('ENGAGE');
    if (engage === undefined) throw new Error('there is an agreement for each purpose');
    const added: GrantText = {
      id: 'opened-to-one-role',
      to: ['vic.idva'],
      fields: ['hou.joint_tenant'],
      level: 'full',
      powers: ['CDA115'],
      necessity: 'Because one rule is to be found.',
    };
    opened.set('ENGAGE', { ...engage, grants: [...engage.grants, added], caps: [] });
    const base = new Map(content.agreements).set('ENGAGE', { ...engage, caps: [] });
    const before = assembleBundle({ ...content, agreements: base });
    const now = assembleBundle({ ...content, agreements: opened });
    const found = diffBundles(before, now);
    expectExamplesToHold(before, now, found);
    expect(found.losses).toEqual([]);
    expect(found.gains.length).toBeGreaterThan(0);
    expect(new Set(found.gains.map(({ role, field, purpose }) => `${role} ${field} ${purpose}`))).toEqual(
      new Set(['vic.idva hou.joint_tenant ENGAGE']),
    );
    expect(diffBundles(old, assembleBundle(content)).sameDecisions).toBe(true);
  });
});
