/** What one assumes about registers. Shares are of records (or of values) unless told otherwise. */
export interface World {
  readonly name: string;
  readonly seed: number;
  /** Mean days for which a mobile and a home are kept. */
  readonly mobileDays: number;
  readonly homeDays: number;
  /** Multiplies how long ago each agency last wrote the record. */
  readonly age: number;
  readonly nameTypo: number;
  readonly otherForm: number;
  readonly initialOnly: number;
  readonly namesSwapped: number;
  readonly middleMissing: number;
  readonly birthMissing: number;
  readonly birthPlaceholder: number;
  readonly birthTypo: number;
  readonly birthSwap: number;
  readonly birthPartial: number;
  readonly sexMissing: number;
  readonly sexWrong: number;
  readonly numberMissing: number;
  readonly numberTypo: number;
  readonly postcodeMissing: number;
  readonly postcodeTypo: number;
  readonly phoneMissing: number;
  readonly phoneTypo: number;
  readonly phonePlaceholder: number;
  /** Another's number beside his, told as that other's. */
  readonly emergencyContact: number;
  /** The same, told as his or not told. */
  readonly mislabelled: number;
  /** A mailing address or number that ended is still told as confirmed later than it ended. */
  readonly falselyConfirmed: number;
  readonly duplicates: number;
  /** Share of questions with a hard case, and how many each has. */
  readonly hard: number;
  readonly hardEach: number;
  readonly decoys: number;
}

/** Registers as their keepers would wish them. */
export const CAREFUL: World = {
  name: 'careful',
  seed: 11,
  mobileDays: 1500,
  homeDays: 2200,
  age: 0.5,
  nameTypo: 0.01,
  otherForm: 0.03,
  initialOnly: 0.005,
  namesSwapped: 0.002,
  middleMissing: 0.3,
  birthMissing: 0.01,
  birthPlaceholder: 0.003,
  birthTypo: 0.004,
  birthSwap: 0.003,
  birthPartial: 0.003,
  sexMissing: 0.05,
  sexWrong: 0.001,
  numberMissing: 0.15,
  numberTypo: 0.005,
  postcodeMissing: 0.03,
  postcodeTypo: 0.01,
  phoneMissing: 0.15,
  phoneTypo: 0.01,
  phonePlaceholder: 0.03,
  emergencyContact: 0.2,
  mislabelled: 0.01,
  falselyConfirmed: 0.03,
  duplicates: 0.05,
  hard: 0.4,
  hardEach: 1,
  decoys: 0.1,
};

/**
 * Rates that studies print. Forenames differ within a person in 12 % and surnames in 18 % of pairs of collections (ALSPAC,
 * Lam et al., IJPDS 2024: mothers, so 18 % comes mostly of marriages here too); birth date and sex .11 % in hospital data
 * against PDS, postcode 53 % by moving (Harron et al., BMC Med Res Methodol 2017); of telephone numbers given at a desk
 * 16.1 % were wrong and 11.7 % dead (Boudreaux et al., J Emerg Med 2000), the best one recorded in 60 of 100
 * (Tilling and Clancy, EMJ 2003).
 */
export const PUBLISHED: World = {
  name: 'published',
  seed: 22,
  mobileDays: 900,
  homeDays: 1300,
  age: 1,
  nameTypo: 0.03,
  otherForm: 0.08,
  initialOnly: 0.01,
  namesSwapped: 0.005,
  middleMissing: 0.5,
  birthMissing: 0.03,
  birthPlaceholder: 0.01,
  birthTypo: 0.01,
  birthSwap: 0.006,
  birthPartial: 0.01,
  sexMissing: 0.1,
  sexWrong: 0.002,
  numberMissing: 0.3,
  numberTypo: 0.01,
  postcodeMissing: 0.06,
  postcodeTypo: 0.02,
  phoneMissing: 0.3,
  phoneTypo: 0.05,
  phonePlaceholder: 0.06,
  emergencyContact: 0.3,
  mislabelled: 0.06,
  falselyConfirmed: 0.1,
  duplicates: 0.08,
  hard: 0.5,
  hardEach: 1,
  decoys: 0.3,
};

export const POOR: World = {
  name: 'poor',
  seed: 33,
  mobileDays: 450,
  homeDays: 600,
  age: 1.7,
  nameTypo: 0.08,
  otherForm: 0.15,
  initialOnly: 0.03,
  namesSwapped: 0.015,
  middleMissing: 0.7,
  birthMissing: 0.1,
  birthPlaceholder: 0.04,
  birthTypo: 0.04,
  birthSwap: 0.02,
  birthPartial: 0.03,
  sexMissing: 0.3,
  sexWrong: 0.01,
  numberMissing: 0.5,
  numberTypo: 0.04,
  postcodeMissing: 0.2,
  postcodeTypo: 0.06,
  phoneMissing: 0.4,
  phoneTypo: 0.08,
  phonePlaceholder: 0.15,
  emergencyContact: 0.35,
  mislabelled: 0.1,
  falselyConfirmed: 0.2,
  duplicates: 0.15,
  hard: 0.5,
  hardEach: 1,
  decoys: 0.4,
};

export const HOSTILE: World = {
  ...PUBLISHED,
  name: 'hostile',
  seed: 44,
  mobileDays: 600,
  homeDays: 800,
  hard: 1,
  hardEach: 3,
  decoys: 1.5,
  duplicates: 0.15,
};
export const DECOYS: World = { ...PUBLISHED, name: 'decoys', seed: 55, hard: 0.3, hardEach: 1, decoys: 3 };

export const WORLDS: readonly World[] = [CAREFUL, PUBLISHED, POOR, HOSTILE, DECOYS];
