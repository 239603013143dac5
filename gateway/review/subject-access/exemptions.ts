import type { Regime } from '../../../schemas/entry.ts';
import type { RequesterGroup } from '../../../schemas/names.ts';

/**
 * What keeps a controller from giving a person part of what is held about him. The extract names each for each item and
 * decides none: whether it applies is for the person named, and without that person's decision nothing is released.
 */

export const EXEMPTIONS = ['third-party', 'serious-harm', 'crime'] as const;
export type ExemptionCode = (typeof EXEMPTIONS)[number];

export interface Exemption {
  readonly code: ExemptionCode;
  /** Under the UK GDPR, or under Part 3 of the Data Protection Act 2018, by who holds it. */
  readonly law: string;
  readonly question: string;
  /** Who must decide. */
  readonly decides: string;
  /** Something about the item speaks for it; it is asked of the others all the same. */
  readonly likely: boolean;
  /** To be filled in by whoever decides. */
  readonly decision: null;
}

/** DPA 2018 Sch 2 paras 16-17 and 2, Sch 3; s.45(4) where a competent authority holds it for law enforcement. */
const LAW: Readonly<Record<ExemptionCode, Readonly<Record<Regime, string>>>> = {
  'third-party': {
    'uk-gdpr': 'Data Protection Act 2018, Schedule 2, paragraphs 16 and 17',
    'part-3': 'Data Protection Act 2018, section 45(4)(e)',
  },
  'serious-harm': {
    'uk-gdpr': 'Data Protection Act 2018, Schedule 3',
    'part-3': 'Data Protection Act 2018, section 45(4)(e)',
  },
  crime: {
    'uk-gdpr': 'Data Protection Act 2018, Schedule 2, paragraph 2',
    'part-3': 'Data Protection Act 2018, section 45(4)(a) and (b)',
  },
};

const QUESTION: Readonly<Record<ExemptionCode, string>> = {
  'third-party':
    'Would it tell him of anybody else, also by letting him work out who told what? Has that person agreed, or is it reasonable without?',
  'serious-harm':
    'Would it be likely to cause serious harm to anybody’s physical or mental health, hers or a child’s first of all?',
  crime:
    'Would it prejudice preventing or detecting crime, or prosecuting anybody, by telling him what is known or planned?',
};

function decider(code: ExemptionCode, group: RequesterGroup | undefined): string {
  if (code !== 'serious-harm') return 'the information-governance officer of the agency that holds it';
  if (group === 'health') return 'a health professional who knows the case, in a recent opinion';
  if (group === 'childrens') return 'the social-work professional who knows the case, in a recent opinion';
  return 'the information-governance officer, who asks the victim’s adviser (IDVA) first';
}

/** @param group of the agency that holds it @param likely what the item itself speaks for */
export function exemptionsFor(
  group: RequesterGroup | undefined,
  likely: ReadonlySet<ExemptionCode>,
): readonly Exemption[] {
  const regime: Regime = group === 'police' || group === 'probation' ? 'part-3' : 'uk-gdpr';
  return EXEMPTIONS.map((code) => ({
    ...{ code, law: LAW[code][regime], question: QUESTION[code], decides: decider(code, group) },
    ...{ likely: likely.has(code), decision: null },
  }));
}
