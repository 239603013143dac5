/** What agencies answer, in the shape of `holdfast resolve`. */

export interface NameEntry {
  given?: string;
  middle?: string;
  family?: string;
  full?: string;
  type?: 'current' | 'alias';
}
export interface AddressEntry {
  lines?: string[];
  postcode?: string;
  uprn?: string;
  from?: string;
  to?: string;
}
export interface PersonEntry {
  names?: NameEntry[];
  dateOfBirth?: string;
  otherDatesOfBirth?: string[];
  sex?: string;
  identifiers?: { type: string; value: string }[];
  addresses?: AddressEntry[];
  phones?: string[];
  emails?: string[];
}
export interface ContactEntry {
  kind: 'phone' | 'email' | 'address';
  value: string;
  recordedAs?: string;
  from?: string;
  to?: string;
  lastConfirmed?: string;
  verified?: boolean;
}
export interface RecordEntry {
  recordId: string;
  agency: string;
  system: string;
  role?: string;
  supersedes?: string[];
  restricted?: boolean;
  person: PersonEntry;
  contacts: ContactEntry[];
  lastUpdated?: string;
}

export interface Question {
  queryId: string;
  asOf: string;
  subject: PersonEntry;
  protectedContacts?: { kind: ContactEntry['kind']; value: string }[];
  records: RecordEntry[];
}
