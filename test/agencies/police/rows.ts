import { filesOf, type FileLayout } from '../../../adapters/extract/layout.ts';
import { POLICE_LAYOUT } from '../../../adapters/police/columns.ts';
import type { HeldAddress, HeldOther, HeldPhone, Holding, Relation } from '../../population/types.ts';

/**
 * What a force writes into its nightly files about the people it holds. The columns that the gateway does not take are
 * filled too, with what must never come out: other people's names, remarks, the words of the court.
 */

export type Cells = Readonly<Record<string, string | undefined>>;
export type ExtractRows = Readonly<Record<string, readonly Cells[]>>;

/** A number that stands in graded intelligence only. */
export const INTELLIGENCE_NUMBER = '+447700900998';
/** Words that stand only in columns that are not taken. */
export const NEVER_TAKEN = 'REMARK-NEVER-TAKEN';

/** Every row about every holding, by file. Holdings of other agencies are passed over. */
export function rowsOf(holdings: readonly Holding[]): ExtractRows {
  const police = holdings.filter(({ agency }) => agency === 'police');
  return {
    nominals: police.flatMap(nominalRows),
    aliases: police.flatMap((held) =>
      [...held.names.slice(1), ...held.aliases].map(({ given, family }) => ({
        ...shared(held),
        given_name: given,
        surname: family,
      })),
    ),
    locations: police.flatMap(locationRows),
    telephones: police.flatMap(telephoneRows),
    emails: police.flatMap((held) =>
      held.emails.map((email) => ({ ...shared(held), whose: 'self', email_address: email })),
    ),
    orders: police.flatMap(orderRows),
    markers: police.flatMap((held, index) =>
      index % 7 === 0
        ? [
            { ...shared(held), marker_code: 'violence', remarks: NEVER_TAKEN },
            { ...shared(held), marker_code: 'mental-health', remarks: NEVER_TAKEN },
          ]
        : [],
    ),
  };
}

function shared(held: Holding): Cells {
  return { urn: held.reference, last_updated: held.lastUpdated, handling_code: 'P' };
}

function nominalRows(held: Holding): readonly Cells[] {
  const [name] = held.names;
  const row: Cells = {
    ...shared(held),
    given_name: name?.given,
    middle_names: name?.middle,
    surname: name?.family,
    date_of_birth: held.dateOfBirth,
    gender: { male: 'Male', female: 'Female', other: 'Not Known' }[held.sex],
    pnc_id: held.pnc,
    cro_number: held.cro,
    person_role: 'suspect',
    restricted: held.restricted ? 'Y' : 'N',
    place_of_birth: NEVER_TAKEN,
    remarks: NEVER_TAKEN,
    last_confirmed: held.lastUpdated,
  };
  const others = held.otherReferences.flatMap(({ type, value }): readonly Cells[] => {
    if (type === 'superseded') return [{ ...row, urn: value, merged_to_urn: held.reference }];
    // The force does not know that these two are one man: the second has neither PNC nor CRO.
    return type === 'URN' ? [{ ...row, urn: value, pnc_id: undefined, cro_number: undefined }] : [];
  });
  return [row, ...others];
}

function locationRows(held: Holding): readonly Cells[] {
  const his = held.addresses.map((address) => ({
    ...shared(held),
    whose: address.type === 'hostel' ? 'hostel' : 'self',
    ...addressCells(address),
  }));
  const theirs = held.others.flatMap((other) =>
    other.address === undefined
      ? []
      : [{ ...shared(held), whose: whoseOf(other.as), ...addressCells(other.address), ...named(other) }],
  );
  const roofless: readonly Cells[] = held.noFixedAbode
    ? [{ ...shared(held), whose: 'self', address_type: 'no-fixed-abode' }]
    : [];
  return [...his, ...theirs, ...roofless];
}

function addressCells(address: HeldAddress): Cells {
  const [first = '', ...rest] = address.lines;
  const flat = /^flat /i.test(first) ? first : undefined;
  const [door = '', ...places] = flat === undefined ? [first, ...rest] : rest;
  const numbered = /^(\d+[A-Za-z]?) (.+)$/.exec(door);
  const [premises, street] = numbered === null ? [door, places[0]] : [numbered[1], numbered[2]];
  const town = numbered === null ? places.slice(1) : places;
  return {
    address_type: address.type,
    flat,
    premises,
    street,
    town: town[0],
    county: town[1],
    post_code: address.postcode,
    uprn: address.uprn,
    latitude: NEVER_TAKEN,
    remarks: NEVER_TAKEN,
    valid_from: address.from,
    valid_to: address.to,
    last_confirmed: address.lastConfirmed,
  };
}

function telephoneRows(held: Holding, index: number): readonly Cells[] {
  const his = held.phones.map((phone: HeldPhone) => ({
    ...shared(held),
    whose: phone.recordedAs,
    telephone_number: phone.number,
    telephone_type: phone.type,
    remarks: NEVER_TAKEN,
    valid_from: phone.from,
    valid_to: phone.to,
    last_confirmed: phone.lastConfirmed,
  }));
  const theirs = held.others.flatMap((other) =>
    other.phones.map((number) => ({
      ...shared(held),
      whose: whoseOf(other.as),
      telephone_number: number,
      ...named(other),
    })),
  );
  const graded: Cells = {
    ...shared(held),
    whose: 'self',
    telephone_number: INTELLIGENCE_NUMBER,
    intelligence_grading: 'E41',
  };
  return [...his, ...theirs, ...(index % 5 === 0 ? [graded] : [])];
}

function named({ name }: HeldOther): Cells {
  return { other_person_name: `${NEVER_TAKEN} ${name.given} ${name.family}`, remarks: NEVER_TAKEN };
}

function whoseOf(relation: Relation): string {
  switch (relation) {
    case 'victim':
    case 'child':
    case 'mother':
    case 'friend':
      return relation;
    case 'partner':
    case 'wife':
      return 'partner';
    case 'father':
    case 'brother':
    case 'twin':
      return 'relative';
    case 'neighbour':
      return 'other';
  }
}

function orderRows(held: Holding): readonly Cells[] {
  return held.orders.flatMap((order, index) =>
    (order.conditions.length === 0 ? [''] : order.conditions).map((condition) => ({
      ...shared(held),
      order_id: `${held.reference}-${index + 1}`.slice(-20),
      order_type: order.type,
      status: 'in-force',
      valid_from: order.from,
      valid_to: order.to,
      condition_code: conditionCode(condition),
      condition_text: `${NEVER_TAKEN} ${condition}`,
      protected_person_name: NEVER_TAKEN,
    })),
  );
}

/** How a force's clerk codes the words of an order. */
function conditionCode(words: string): string | undefined {
  if (words === '') return undefined;
  const codes: readonly [RegExp, string][] = [
    [/notify/i, 'notify-address'],
    [/contact/i, 'no-contact'],
    [/approach/i, 'no-approach'],
    [/leave/i, 'leave-home'],
    [/not to (?:go|enter|attend)|within|exclu/i, 'exclusion'],
    [/live|reside|sleep/i, 'residence'],
    [/curfew/i, 'curfew'],
    [/tag|monitor/i, 'tagging'],
    [/report/i, 'report'],
    [/programme/i, 'programme'],
    [/alcohol/i, 'no-alcohol'],
  ];
  return codes.find(([words_]) => words_.test(words))?.[1] ?? 'other';
}

/** One file as CSV: header row, CR LF, quotes where they are needed. */
export function csvOf(file: FileLayout, rows: readonly Cells[]): string {
  const line = (cells: readonly string[]): string => cells.map(quoted).join(',');
  const header = file.columns.map(({ name }) => name);
  return `${[line(header), ...rows.map((row) => line(header.map((name) => row[name] ?? '')))].join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The police files, by name. */
export const POLICE_FILES = new Map(filesOf(POLICE_LAYOUT).map((file) => [file.name, file]));
