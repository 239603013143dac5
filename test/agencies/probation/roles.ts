/**
 * What a consumer of the API may read. Deny by default: a path that its role does not list is forbidden, whoever asks.
 * Paths are written as the service writes them, `{hmppsId}` standing for one id.
 */

export interface ProbationRole {
  readonly name: string;
  readonly paths: readonly string[];
  /** Limited access offenders: 403 on addresses, removed and masked elements elsewhere. */
  readonly limitsAccess: boolean;
  /** The responsible officer's name and own contact details masked, the prison's officer removed. */
  readonly masksOfficer: boolean;
  /** Only these registers' people are served; another's person is 404, as if nobody were held. */
  readonly mappaCategories?: readonly number[];
}

const person = '/v1/persons/{hmppsId}';
const DETAILS = [
  `${person}/addresses`,
  `${person}/sentences/latest-key-dates-and-adjustments`,
  `${person}/risks/mappadetail`,
  `${person}/person-responsible-officer`,
  `${person}/licences/conditions`,
];

/** The public-protection role as published: without limited-access redactions, and without the base location. */
export const PUBLIC_PROTECTION: ProbationRole = {
  name: 'public-protection',
  paths: ['/v1/persons', person, ...DETAILS],
  limitsAccess: false,
  masksOfficer: false,
};

/** The police-intelligence role as published: no search, limited-access and officer redactions. */
export const POLICE_INTELLIGENCE: ProbationRole = {
  name: 'police-intelligence',
  paths: [person, ...DETAILS],
  limitsAccess: true,
  masksOfficer: true,
};

/** What a partnership would ask for: public protection with the base location, limited access respected. */
export const PARTNERSHIP: ProbationRole = {
  name: 'partnership',
  paths: [...PUBLIC_PROTECTION.paths, `${person}/prisoner-base-location`],
  limitsAccess: true,
  masksOfficer: false,
};

/** Whether a role lists the path of a request. */
export function mayRead(role: ProbationRole, path: string): boolean {
  return role.paths.some((listed) => listed.replace('{hmppsId}', path.split('/')[3] ?? '') === path);
}
