import { filesOf, type Column, type ExtractLayout, type FileLayout } from '../extract/layout.ts';

/**
 * The nightly nominal extract of a force, as data. Attributes and lengths follow the NPCC Minimum POLE Data Standards
 * Dictionary v1.1 (`standard` is its number); the other columns are what a nightly extract needs beside them.
 *
 * Columns with `taken: false` are in the files that forces send and never leave the reading of a row.
 */

const column = (name: string, form: Column['form'], max: number, more: Partial<Column> = {}): Column => ({
  name,
  form,
  max,
  required: false,
  taken: true,
  ...more,
});
const dropped = (name: string, standard?: string): Column => ({
  ...column(name, 'text', 4000, { taken: false }),
  ...(standard === undefined ? {} : { standard }),
});

/**
 * Handling codes. `P` (lawful sharing permitted) and `C` (permitted with conditions) are those of the national
 * intelligence report; the older codes 1 to 5 still occur. Only `P` is taken: conditions cannot be kept by a machine
 * that does not know them.
 */
export const HANDLING_CODES = ['P', 'C', '1', '2', '3', '4', '5'] as const;

const urn = column('urn', 'reference', 20, { required: true });
const lastUpdated = column('last_updated', 'date', 10, { required: true });
const lastConfirmed = column('last_confirmed', 'date', 10);
/** In every file: how the row may be handled, and the grading that marks it as intelligence (5x5x5, 3x5x2). */
const handling = [
  column('handling_code', 'code', 1, { required: true, codes: HANDLING_CODES }),
  column('intelligence_grading', 'text', 10, { taken: false }),
];

export const GENDERS = [
  'Male',
  'Female',
  'Trans Male',
  'Trans Female',
  'Non-Binary',
  'Intersex',
  'Not Specified',
  'Not Known',
] as const;

/** Whose a contact is said to be. */
export const WHOSE = [
  'self',
  'work',
  'hostel',
  'unknown',
  'victim',
  'partner',
  'child',
  'mother',
  'relative',
  'friend',
  'other',
] as const;
export const OWN = ['self', 'work', 'hostel', 'unknown'] as const;
const whose = column('whose', 'code', 10, { required: true, codes: WHOSE });

const nominals: FileLayout = {
  name: 'nominals',
  versionKey: ['urn'],
  columns: [
    urn,
    column('merged_to_urn', 'reference', 20),
    column('given_name', 'text', 35, { required: true, standard: '031' }),
    column('middle_names', 'text', 70),
    column('surname', 'text', 35, { required: true, standard: '032' }),
    column('date_of_birth', 'past-date', 10, { standard: '034' }),
    column('gender', 'code', 35, { required: true, codes: GENDERS, standard: '037' }),
    column('pnc_id', 'text', 13, { standard: '072' }),
    column('cro_number', 'text', 12, { standard: '071' }),
    column('person_role', 'code', 10, { required: true, codes: ['suspect', 'offender', 'victim', 'witness', 'other'] }),
    column('restricted', 'yes-no', 1, { required: true }),
    dropped('place_of_birth', '035'),
    dropped('observed_ethnicity', '112'),
    dropped('national_insurance_number', '060'),
    dropped('driving_licence_number', '061'),
    dropped('remarks'),
    lastUpdated,
    lastConfirmed,
    ...handling,
  ],
};

const aliases: FileLayout = {
  name: 'aliases',
  versionKey: ['urn', 'given_name', 'surname', 'nickname'],
  columns: [
    urn,
    column('given_name', 'text', 35, { standard: '031' }),
    column('surname', 'text', 35, { standard: '032' }),
    column('nickname', 'text', 35, { standard: '033' }),
    lastUpdated,
    lastConfirmed,
    ...handling,
  ],
};

export const ADDRESS_TYPES = [
  'home',
  'previous',
  'temporary',
  'hostel',
  'approved',
  'notified',
  'no-fixed-abode',
] as const;

const locations: FileLayout = {
  name: 'locations',
  versionKey: ['urn', 'whose', 'address_type', 'flat', 'premises', 'street', 'post_code', 'uprn', 'valid_from'],
  whose: { column: 'whose', own: OWN },
  columns: [
    urn,
    whose,
    column('address_type', 'code', 14, { required: true, codes: ADDRESS_TYPES }),
    column('flat', 'text', 35, { standard: '005' }),
    column('premises', 'text', 35, { standard: '006' }),
    column('street', 'text', 60, { standard: '007' }),
    column('town', 'text', 35, { standard: '008' }),
    column('county', 'text', 35, { standard: '009' }),
    column('post_code', 'postcode', 8, { standard: '010' }),
    column('uprn', 'uprn', 12, { standard: '011' }),
    dropped('latitude', '014'),
    dropped('longitude', '015'),
    dropped('other_person_name'),
    dropped('remarks'),
    column('valid_from', 'date', 10),
    column('valid_to', 'date', 10),
    lastUpdated,
    lastConfirmed,
    ...handling,
  ],
};

const telephones: FileLayout = {
  name: 'telephones',
  versionKey: ['urn', 'whose', 'telephone_number'],
  whose: { column: 'whose', own: OWN },
  columns: [
    urn,
    whose,
    column('telephone_number', 'phone', 35, { required: true, standard: '053' }),
    column('telephone_type', 'code', 8, { codes: ['mobile', 'landline'] }),
    dropped('other_person_name'),
    dropped('remarks'),
    column('valid_from', 'date', 10),
    column('valid_to', 'date', 10),
    lastUpdated,
    lastConfirmed,
    ...handling,
  ],
};

/** E-mail addresses find him ("4+1") and protect others; the field catalogue has none for the police to disclose. */
const emails: FileLayout = {
  name: 'emails',
  versionKey: ['urn', 'whose', 'email_address'],
  whose: { column: 'whose', own: OWN },
  columns: [
    urn,
    whose,
    column('email_address', 'email', 120, { required: true, standard: '054' }),
    dropped('other_person_name'),
    lastUpdated,
    lastConfirmed,
    ...handling,
  ],
};

/**
 * Orders and bail, one row for each condition. Conditions are coded: their wording names the person they protect and
 * often where she lives, so the words of the court are never taken (P4).
 */
export const ORDER_TYPES = {
  DAPN: 'Domestic abuse protection notice',
  DAPO: 'Domestic abuse protection order',
  DVPN: 'Domestic violence protection notice',
  DVPO: 'Domestic violence protection order',
  restraining: 'Restraining order',
  stalking: 'Stalking protection order',
  bail: 'Bail',
} as const;
export const CONDITIONS = {
  'no-contact': 'Not to contact the protected person, directly or indirectly',
  exclusion: 'Not to go to, or within a set distance of, a place named in the order',
  'leave-home': 'To leave, and not return to, premises named in the order',
  'no-approach': 'Not to approach the protected person',
  residence: 'To live and sleep at the address given',
  'notify-address': 'To notify the police of names used and home address, and of each change within three days',
  curfew: 'To keep a curfew',
  tagging: 'To be electronically monitored',
  report: 'To report to a police station',
  programme: 'To take part in a programme',
  'no-alcohol': 'Not to drink alcohol',
  'no-social-media': 'Not to mention the protected person on social media',
  other: 'A further condition: ask the force',
} as const;

const orders: FileLayout = {
  name: 'orders',
  versionKey: ['urn', 'order_id', 'condition_code'],
  columns: [
    urn,
    column('order_id', 'reference', 20, { required: true }),
    column('order_type', 'code', 12, { required: true, codes: Object.keys(ORDER_TYPES) }),
    column('status', 'code', 10, { required: true, codes: ['in-force', 'ended'] }),
    column('valid_from', 'date', 10, { required: true }),
    column('valid_to', 'date', 10),
    column('condition_code', 'code', 16, { codes: Object.keys(CONDITIONS) }),
    dropped('condition_text'),
    dropped('protected_person_name'),
    lastUpdated,
    lastConfirmed,
    ...handling,
  ],
};

/** Warning markers that concern the safety of staff. Markers about his health are not the police's to tell. */
export const MARKERS = {
  weapons: 'Weapons',
  firearms: 'Firearms',
  violence: 'Violence',
  'violence-to-staff': 'Violence to staff',
} as const;
export const MARKERS_NOT_TAKEN = ['mental-health', 'self-harm', 'ailment', 'contagious', 'drugs', 'other'] as const;

const markers: FileLayout = {
  name: 'markers',
  versionKey: ['urn', 'marker_code'],
  columns: [
    urn,
    column('marker_code', 'code', 20, { required: true, codes: [...Object.keys(MARKERS), ...MARKERS_NOT_TAKEN] }),
    dropped('remarks'),
    column('valid_from', 'date', 10),
    column('valid_to', 'date', 10),
    lastUpdated,
    lastConfirmed,
    ...handling,
  ],
};

/** The layout that a force's manifest names. */
export const POLICE_LAYOUT: ExtractLayout = {
  id: 'police-nominals/1',
  primary: nominals,
  details: [aliases, locations, telephones, emails, orders, markers],
  reference: { column: 'urn', pattern: /^[A-Za-z0-9][A-Za-z0-9/-]{0,19}$/ },
  mergedTo: 'merged_to_urn',
  newest: ['last_updated', 'last_confirmed'],
  handling: { column: 'handling_code', shared: ['P'] },
  intelligence: 'intelligence_grading',
};

/** The published attribute of every column that has one: file, column, number in the dictionary. */
export function poleAttributes(): readonly { file: string; column: Column; standard: string }[] {
  return filesOf(POLICE_LAYOUT).flatMap((file) =>
    file.columns.flatMap((one) =>
      one.standard === undefined ? [] : [{ file: file.name, column: one, standard: one.standard }],
    ),
  );
}
