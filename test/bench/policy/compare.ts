import { CASE_FACTS } from '../../../policies/engine/dimensions.ts';
import { decide, type PolicyBundle } from '../../../policies/engine/index.ts';
import { OBLIGATION_KINDS } from '../../../schemas/decision.ts';
import type { PolicyRequest } from '../../../schemas/decision.ts';
import { LEVELS } from '../../../schemas/level.ts';
import type { FieldId } from '../../../schemas/names.ts';
import { cedarOf } from '../../policy/cedar-decisions.ts';
import { randomOf } from '../../population/random.ts';
import { rateOf } from './measure.ts';
import { levelFrom, plainFacts, plainRules } from './plain-rules.ts';
import type { Rival } from './plain-rules.ts';
import { questionsOf, recordOf } from './questions.ts';
import { caslOf, casbinOf } from './rivals.ts';

export interface Compared {
  readonly engine: string;
  /** Levels of fields, 0 to 4, a second. */
  readonly fields: number;
  /** Records of forty fields a second. */
  readonly records: number;
  /** Field levels compared before anything was timed, and how many differed. */
  readonly sampled: number;
  readonly differed: number;
}

const heightOf = (level: string): number => LEVELS.findIndex((each) => each === level);

type LevelOf = (request: PolicyRequest, field: FieldId) => number;

/** One day for all, with everything declared and every match certain: what the other engines can express. */
function sameTerms(bundle: PolicyBundle, count: number): readonly PolicyRequest[] {
  const at = '2027-02-01T10:00:00.000Z';
  return questionsOf(bundle, randomOf(77), count).map((request) => {
    const shift = Date.parse(at) - Date.parse(request.at);
    const asAt: PolicyRequest['facts']['asAt'] = {};
    for (const fact of CASE_FACTS) {
      const stated = request.facts.asAt[fact];
      if (stated !== undefined) asAt[fact] = new Date(Date.parse(stated) + shift).toISOString();
    }
    const facts = { facts: request.facts.facts, asAt };
    return { ...request, at, facts, confidence: 'certain' as const, canFulfil: [...OBLIGATION_KINDS] };
  });
}

/** Makes a rival of every requester and purpose before anything is timed. */
async function rivalLevels(
  bundle: PolicyBundle,
  requests: readonly PolicyRequest[],
  make: (rules: ReturnType<typeof plainRules>) => Rival | Promise<Rival>,
): Promise<LevelOf> {
  const rivals = new Map<string, Rival>();
  const facts = new Map(requests.map((request) => [request, plainFacts(bundle, request)]));
  const keyOf = ({ purpose, requester }: PolicyRequest) => `${purpose} ${requester.group} ${requester.role}`;
  for (const request of requests) {
    if (rivals.has(keyOf(request))) continue;
    const who = { purpose: request.purpose, group: request.requester.group, role: request.requester.role };
    rivals.set(keyOf(request), await make(plainRules(bundle, who, Date.parse(request.at))));
  }
  return (request, field) => {
    const rival = rivals.get(keyOf(request));
    const known = facts.get(request);
    return rival === undefined || known === undefined ? 0 : levelFrom(rival, known, field);
  };
}

function compared(
  engine: string,
  bundle: PolicyBundle,
  levelOf: LevelOf,
  on: { readonly requests: readonly PolicyRequest[]; readonly fields: readonly FieldId[]; readonly sample: number },
): Compared {
  const { requests, fields, sample } = on;
  let differed = 0;
  let sampled = 0;
  for (let nth = 0; sampled < sample; nth++) {
    const request = requests[nth % requests.length];
    if (request === undefined) break;
    for (const { field, level } of decide(bundle, request, fields)) {
      sampled++;
      if (levelOf(request, field) !== LEVELS.indexOf(level)) differed++;
    }
  }
  const at = (nth: number) => requests[nth % requests.length];
  const rate = rateOf((nth) => {
    const request = at(nth);
    const field = fields[nth % fields.length];
    if (request !== undefined && field !== undefined) levelOf(request, field);
  });
  const records = rateOf((nth) => {
    const request = at(nth);
    if (request !== undefined) for (const field of fields) levelOf(request, field);
  });
  return { engine, fields: rate, records, sampled, differed };
}

/** Each engine on the same questions; equal first, then timed. */
export async function compareEngines(bundle: PolicyBundle): Promise<readonly Compared[]> {
  const requests = sameTerms(bundle, 300);
  const fields = recordOf(bundle).map(({ field }) => field);
  const on = (sample: number) => ({ requests, fields, sample });
  const cedar = cedarOf(bundle);
  const byCedar: LevelOf = (request, field) =>
    levelFrom({ allows: (_facts, each, level) => cedar.allows(request, each, heightOf(level)) }, {}, field);
  const ours = rateOf((nth) => {
    const request = requests[nth % requests.length];
    if (request !== undefined) decide(bundle, request, fields);
  });
  const one = rateOf((nth) => {
    const request = requests[nth % requests.length];
    const field = fields[nth % fields.length];
    if (request !== undefined && field !== undefined) decide(bundle, request, [field]);
  });
  return [
    { engine: 'Holdfast, compiled', fields: one, records: ours, sampled: 0, differed: 0 },
    compared('CASL', bundle, await rivalLevels(bundle, requests, caslOf), on(12_000)),
    compared('casbin', bundle, await rivalLevels(bundle, requests, casbinOf), on(2000)),
    compared('Cedar, WebAssembly', bundle, byCedar, on(2000)),
  ];
}
