import type { Obligations } from '../../schemas/decision.ts';
import type { LevelNumber } from '../../schemas/level.ts';
import type { FieldId, Purpose, RequesterGroup, Role } from '../../schemas/names.ts';
import type { FactValue } from './dimensions.ts';
import type {
  Basis,
  CapText,
  CaseFact,
  FieldClass,
  FieldTerms,
  GrantText,
  GuardCapText,
  PowerText,
  PurposeTerms,
  RoleTerms,
  StandingObligation,
} from './language.ts';

/** What the files say, checked, before it is laid out for deciding. Plain data: tests change it and assemble again. */
export interface BundleContent {
  readonly purposes: ReadonlyMap<Purpose, PurposeTerms>;
  readonly powers: ReadonlyMap<string, PowerText>;
  readonly roles: ReadonlyMap<Role, RoleTerms>;
  readonly classes: ReadonlyMap<FieldClass, string>;
  readonly fields: ReadonlyMap<FieldId, CatalogueField>;
  readonly factLimits: Readonly<Record<CaseFact, { readonly staleAfterHours: number; readonly why: string }>>;
  readonly agreements: ReadonlyMap<Purpose, Agreement>;
  readonly bases: ReadonlyMap<Purpose, readonly Basis[]>;
  readonly guardCaps: readonly GuardCapText[];
  readonly standingObligations: readonly StandingObligation[];
}

export interface CatalogueField extends FieldTerms {
  readonly id: FieldId;
  readonly owner: RequesterGroup;
}

export interface Agreement {
  readonly title: string;
  /** Carried by every grant of the agreement, beside the grant's own. */
  readonly obligations: Obligations;
  readonly grants: readonly GrantText[];
  readonly caps: readonly CapText[];
}

export interface Power extends PowerText {
  readonly code: string;
}

/** One fact and the values that satisfy the rule, with the age past which the fact says nothing. */
export interface Condition {
  readonly fact: CaseFact;
  readonly values: readonly FactValue[];
  readonly maxAgeMs: number;
}

export interface Rule {
  readonly id: string;
  /** Place in the bundle, so that one request works each rule out once. */
  readonly number: number;
  readonly conditions: readonly Condition[];
  /** The sentence an asker may read: a grant's necessity, a cap's reason. */
  readonly sentence: string;
}

interface PairedRule {
  readonly rule: Rule;
  readonly level: LevelNumber;
  /** Undefined: every role of the group. */
  readonly roles: ReadonlySet<Role> | undefined;
  /** Reads a fact that this group may not know of under this purpose. */
  readonly hidden: boolean;
}

/** A grant as it applies to one field and one requester group. */
export interface PairedGrant extends PairedRule {
  readonly kind: 'grant';
  /** The powers it names that this owner and this requester can use for this field. */
  readonly powers: readonly Power[];
  readonly obligations: Obligations;
  /** The kinds of obligation that ask something of the requester. */
  readonly asks: readonly string[];
}
export interface PairedCap extends PairedRule {
  readonly kind: 'cap';
}

/** Everything that bears on one field for one purpose and one requester group. */
export interface FieldRules {
  readonly grants: readonly PairedGrant[];
  readonly caps: readonly PairedCap[];
  /** Whether any of them reads a hidden fact. */
  readonly hidden: boolean;
}

/** A checked bundle of agreements, laid out for deciding. Made by `loadBundle`; never changed afterwards. */
export interface PolicyBundle extends BundleContent {
  /** SHA-256 over the canonical form, 64 hexadecimal digits: the same rules give the same version in any file order. */
  readonly version: string;
  readonly claims: ReadonlyMap<Purpose, readonly Condition[]>;
  readonly ruleCount: number;
  /** Whose approval some rule waits for, by what the fields it bears on belong to. */
  readonly ownersToApprove: ReadonlySet<RequesterGroup>;
  readonly rulesFor: ReadonlyMap<Purpose, ReadonlyMap<RequesterGroup, ReadonlyMap<FieldId, FieldRules>>>;
}
