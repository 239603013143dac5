import type { Entry } from '../adapters/extract/assemble.ts';
import type { HeldRecord } from '../adapters/extract/held-record.ts';
import type { ExtractLayout } from '../adapters/extract/layout.ts';
import type { AgencyClientOptions } from '../adapters/https/agency-client.ts';
import { POLICE_LAYOUT } from '../adapters/police/columns.ts';
import { policeRecordOf } from '../adapters/police/record.ts';
import { makePoliceSource } from '../adapters/police/source.ts';
import type { AgencySource } from '../gateway/ports/agency-source.ts';

/** The agencies that join by extract: one entry here serves the agency's agent and the gateway's sources file. */

export const EXTRACT_ADAPTERS = ['police'] as const;
type ExtractAdapter = (typeof EXTRACT_ADAPTERS)[number];

export interface ExtractForm {
  readonly layout: ExtractLayout;
  /** How one person's rows read as a record; runs at the agency. */
  readonly recordOf: (entry: Entry, asOf: string) => HeldRecord;
  /** The gateway's side. */
  readonly makeSource: (options: { readonly name: string; readonly client: AgencyClientOptions }) => AgencySource;
}

export const EXTRACT_FORMS: Readonly<Record<ExtractAdapter, ExtractForm>> = {
  police: { layout: POLICE_LAYOUT, recordOf: policeRecordOf, makeSource: makePoliceSource },
};

/** The form of a layout by its id, for example `police-nominals/1`. */
export const formOfLayout: ReadonlyMap<string, ExtractForm> = new Map(
  Object.values(EXTRACT_FORMS).map((form) => [form.layout.id, form]),
);
