import type { AgencyId } from '../../schemas/names.ts';

/** Agencies as sentences name them: in lower case, at most three by name, so that a sentence stays one. */
export function sayAgencies(agencies: readonly AgencyId[]): string {
  const names = agencies.slice(0, agencies.length > 3 ? 2 : 3).map(sayAgency);
  if (agencies.length > 3) names.push(`${inWords(agencies.length - 2)} other agencies`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** As prose writes numbers up to ten. */
function inWords(count: number): string {
  return ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count - 2] ?? String(count);
}

/** Whether a verb after these agencies stands in the plural: "police hold", "health holds". */
export function arePlural(agencies: readonly AgencyId[]): boolean {
  return agencies.length > 1 || PLURAL.has(agencies[0] ?? '');
}

const PLURAL: ReadonlySet<AgencyId> = new Set(['police', 'childrens', 'courts']);

function sayAgency(agency: AgencyId): string {
  return agency === 'childrens' ? "children's services" : agency.replaceAll('-', ' ');
}

/** The text with a capital first letter. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
