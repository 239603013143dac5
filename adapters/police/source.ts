import type { AgencySource } from '../../gateway/ports/agency-source.ts';
import { makeExtractSource, type ExtractSourceOptions } from '../extract/source.ts';

/** The police, asked through the extract agent that runs beside the force: no force publishes an API to read from. */

/**
 * Every field that may be taken. Not here, though a force could send them: intelligence, arrests without further
 * action, victims' names and addresses, custody images, anything in free text.
 */
export const POLICE_TAKES = [
  'pol.pnc_id',
  'pol.name',
  'pol.aliases',
  'pol.dob',
  'pol.address',
  'pol.phone',
  'pol.orders',
  'pol.bail',
  'pol.markers',
] as const;

export type PoliceSourceOptions = Pick<ExtractSourceOptions, 'client'> &
  Partial<Pick<ExtractSourceOptions, 'agency' | 'name'>>;

/** Makes the police source over one force's agent. Search is by PNC, CRO and the "4+1" (adapters/extract/lookup.ts). */
export function makePoliceSource(options: PoliceSourceOptions): AgencySource {
  return makeExtractSource({
    agency: options.agency ?? 'police',
    name: options.name ?? 'Police',
    system: 'police-nominals',
    takes: POLICE_TAKES,
    searchesBy: ['PNC', 'CRO'],
    client: options.client,
  });
}
