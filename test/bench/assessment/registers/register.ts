/** The agencies' systems: what each holds, of whom, and how old it is. */

export interface Register {
  readonly agency: string;
  readonly system: string;
  readonly prefix: string;
  readonly form: 'upper' | 'title' | 'full' | 'titled' | 'family-first';
  readonly numbers: readonly (readonly [type: string, share: number])[];
  /** Mean days since the record was last written. */
  readonly age: number;
  readonly holds: {
    readonly subject: number;
    readonly victim: number;
    readonly child: number;
    readonly known: number;
    readonly unknown: number;
  };
  readonly addresses: number;
  readonly phones: number;
}

const holds = (subject: number, victim: number, child: number, known: number, unknown: number): Register['holds'] => ({
  subject,
  victim,
  child,
  known,
  unknown,
});

export const REGISTERS: readonly Register[] = [
  {
    agency: 'police',
    system: 'records',
    prefix: 'URN',
    form: 'upper',
    numbers: [
      ['PNC', 0.9],
      ['CRO', 0.6],
    ],
    age: 400,
    holds: holds(0.95, 0.8, 0.1, 0.6, 0.1),
    addresses: 2,
    phones: 0.8,
  },
  {
    agency: 'police',
    system: 'custody',
    prefix: 'CU',
    form: 'upper',
    numbers: [['PNC', 0.8]],
    age: 500,
    holds: holds(0.35, 0, 0, 0.15, 0),
    addresses: 1,
    phones: 0.6,
  },
  {
    agency: 'probation',
    system: 'delius',
    prefix: 'X',
    form: 'title',
    numbers: [
      ['CRN', 0.98],
      ['PNC', 0.8],
      ['CRO', 0.4],
      ['NINO', 0.3],
    ],
    age: 120,
    holds: holds(0.7, 0, 0, 0.35, 0),
    addresses: 3,
    phones: 0.9,
  },
  {
    agency: 'prison',
    system: 'nomis',
    prefix: 'N',
    form: 'upper',
    numbers: [
      ['NOMS', 0.99],
      ['PNC-SHORT', 0.7],
      ['CRO', 0.5],
    ],
    age: 600,
    holds: holds(0.4, 0, 0, 0.15, 0),
    addresses: 1,
    phones: 0.25,
  },
  {
    agency: 'housing',
    system: 'tenancies',
    prefix: 'T',
    form: 'titled',
    numbers: [
      ['TENANCY', 0.9],
      ['NINO', 0.5],
    ],
    age: 500,
    holds: holds(0.55, 0.7, 0.3, 0.3, 0.4),
    addresses: 1,
    phones: 0.85,
  },
  {
    agency: 'housing',
    system: 'applications',
    prefix: 'HA',
    form: 'title',
    numbers: [['NINO', 0.5]],
    age: 700,
    holds: holds(0.2, 0.15, 0, 0.1, 0.1),
    addresses: 2,
    phones: 0.9,
  },
  {
    agency: 'health',
    system: 'pds',
    prefix: 'P',
    form: 'title',
    numbers: [['NHS', 0.99]],
    age: 900,
    holds: holds(0.85, 0.6, 0.5, 0.45, 0.45),
    addresses: 2,
    phones: 0.75,
  },
  {
    agency: 'health',
    system: 'drug-service',
    prefix: 'D',
    form: 'title',
    numbers: [['NHS', 0.6]],
    age: 200,
    holds: holds(0.25, 0, 0, 0.1, 0),
    addresses: 1,
    phones: 0.9,
  },
  {
    agency: 'childrens',
    system: 'lcs',
    prefix: 'L',
    form: 'full',
    numbers: [
      ['LCS', 0.98],
      ['NHS', 0.2],
    ],
    age: 350,
    holds: holds(0.5, 0.5, 0.8, 0.1, 0.1),
    addresses: 1,
    phones: 0.7,
  },
  {
    agency: 'courts',
    system: 'listings',
    prefix: 'C',
    form: 'family-first',
    numbers: [
      ['PNC', 0.6],
      ['OTHER', 0.9],
    ],
    age: 500,
    holds: holds(0.6, 0, 0, 0.3, 0),
    addresses: 1,
    phones: 0.2,
  },
];
