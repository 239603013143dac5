import { makeChildrensSource } from '../../../adapters/childrens/source.ts';
import type { HeldAddress, Holding } from '../../population/types.ts';
import { makeTestPki } from '../pki.ts';
import { AS_OF, questionsFor, runningOf, type Running } from '../running.ts';
import { startChildrens, type ChildrensOptions } from './childrens.ts';

/** A running simulator with its adapter, and a family made by hand. All invented; numbers from the drama ranges. */

export { AS_OF, seal, type Running } from '../running.ts';
export const API_KEY = 'key-of-the-partnership';
export const HIS_ID = '900101';
export const CHILD_ID = '900102';
export const HER_ID = '900103';
export const HIS_MOBILE = '07700 900123';
export const HER_MOBILE = '07700 900777';
export const CHILDS_MOBILE = '07700 900888';

export const HIS_HOME: HeldAddress = {
  lines: ['14 Larch Road', 'Riverton'],
  postcode: 'ZE4 4AB',
  uprn: '999000000014',
  from: '2025-06-01',
  type: 'home',
};
export const HER_HOME: HeldAddress = {
  lines: ['9 Yarrow Lane', 'Riverton'],
  postcode: 'ZE7 3CD',
  uprn: '999000000009',
  from: '2020-01-01',
  type: 'home',
};

/** A father with a record of his own, changed as a test needs it. */
export function holdingOf(parts: Partial<Holding> = {}): Holding {
  return {
    agency: 'childrens',
    reference: HIS_ID,
    otherReferences: [],
    citizen: 'c1',
    names: [{ given: 'Dorian', family: 'Ashgrove' }],
    aliases: [{ given: 'Dory', family: 'Ashgrove' }],
    dateOfBirth: '1985-05-05',
    sex: 'male',
    addresses: [HIS_HOME],
    phones: [{ number: HIS_MOBILE, type: 'mobile', recordedAs: 'self' }],
    emails: ['dorian@example.org'],
    others: [
      { citizen: 'c3', as: 'child', name: { given: 'Primrose', family: 'Ashgrove' }, phones: [] },
      { citizen: 'c2', as: 'partner', name: { given: 'Wilhelmina', family: 'Thorne' }, phones: [HER_MOBILE] },
    ],
    noFixedAbode: false,
    restricted: false,
    worker: { name: 'Judith Fairclough', team: 'Child Protection Team' },
    licenceConditions: [],
    orders: [],
    relationshipOnly: false,
    lastUpdated: '2026-01-15',
    ...parts,
  };
}

/** His child, with a plan, living with her mother. */
export function childHolding(parts: Partial<Holding> = {}): Holding {
  return holdingOf({
    reference: CHILD_ID,
    citizen: 'c3',
    names: [{ given: 'Primrose', family: 'Ashgrove' }],
    aliases: [],
    dateOfBirth: '2015-09-17',
    sex: 'female',
    nhsNumber: '9990000018',
    addresses: [HER_HOME],
    phones: [{ number: CHILDS_MOBILE, type: 'mobile', recordedAs: 'self' }],
    emails: ['primrose@example.org'],
    others: [
      { citizen: 'c1', as: 'father', name: { given: 'Dorian', family: 'Ashgrove' }, phones: [HIS_MOBILE] },
      { citizen: 'c2', as: 'mother', name: { given: 'Wilhelmina', family: 'Thorne' }, phones: [HER_MOBILE] },
    ],
    plan: { status: 'child-protection', s47Open: true },
    ...parts,
  });
}

/** The other parent. */
export function herHolding(parts: Partial<Holding> = {}): Holding {
  return holdingOf({
    reference: HER_ID,
    citizen: 'c2',
    names: [{ given: 'Wilhelmina', family: 'Thorne' }],
    aliases: [],
    dateOfBirth: '1987-08-09',
    sex: 'female',
    addresses: [HER_HOME],
    phones: [{ number: HER_MOBILE, type: 'mobile', recordedAs: 'self' }],
    emails: ['mina@example.org'],
    others: [{ citizen: 'c3', as: 'child', name: { given: 'Primrose', family: 'Ashgrove' }, phones: [] }],
    ...parts,
  });
}

export const FAMILY: readonly Holding[] = [holdingOf(), childHolding(), herHolding()];

export const ALL_FIELDS = ['chi.lcs_id', 'chi.name', 'chi.dob', 'chi.address', 'chi.plan', 'chi.s47', 'chi.worker'];

/** A question about the father of `holdingOf`, by name and birth date, for every field. */
export const questionOf = questionsFor(ALL_FIELDS);

export interface RunningOptions extends Pick<ChildrensOptions, 'tamper'> {
  readonly holdings?: readonly Holding[];
  readonly apiKey?: string;
}

const pki = makeTestPki();
const server = pki.then((made) => made.server('childrens'));

/** Starts a simulator and the adapter that talks to it. */
export async function startRunning(options: RunningOptions = {}): Promise<Running> {
  const [{ authority }, certificate] = await Promise.all([pki, server]);
  const simulator = await startChildrens({
    holdings: options.holdings ?? FAMILY,
    asOf: AS_OF,
    tls: { cert: certificate.certificatePem, key: certificate.keyPem },
    apiKeys: [API_KEY],
    ...(options.tamper === undefined ? {} : { tamper: options.tamper }),
  });
  const source = makeChildrensSource({
    name: 'Riverton Children’s Services',
    baseUrl: simulator.url,
    tls: { ca: authority.certificatePem },
    apiKey: options.apiKey ?? API_KEY,
  });
  return runningOf(source, simulator, questionOf);
}
