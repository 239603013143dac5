/** Staff who do not exist, one for each role that has pages, as their agencies' identity provider knows them. */
export interface DemoPerson {
  readonly staffId: string;
  readonly name: string;
  readonly agency: string;
  readonly groups: readonly string[];
  /** What somebody trying the demo should know of this person. */
  readonly about: string;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('amara.lewis', 'Amara Lewis', 'riverton-council', 'dapg-workers', 'Domestic Abuse Intervention Worker'),
  person('joseph.tate', 'Joseph Tate', 'riverton-council', 'dapg-workers', 'a second worker, with other cases'),
  person('helen.marsh', 'Helen Marsh', 'riverton-council', 'dapg-coordinators', 'panel coordinator'),
  person('h.lindqvist', 'Hugo Lindqvist', 'riverton-council', 'dapg-chairs', 'chair of the panel'),
  person('s.devi', 'Sunita Devi', 'riverton-idva', 'idvas', 'victim services: sets safety blocks'),
  person('r.bell', 'Ruth Bell', 'riverton-council', 'ig-officers', 'information-governance officer: reviews'),
  person('i.fallow', 'Ines Fallow', 'riverton-council', 'ig-officers', 'officer of another team: decides second'),
  person('t.quill', 'Tom Quill', 'riverton-council', 'payroll', 'signs in, and has no role here'),
];

function person(staffId: string, name: string, agency: string, group: string, about: string): DemoPerson {
  return { staffId, name, agency, groups: [group], about };
}

/** Which role each group stands for, as a partnership configures it. */
export const DEMO_ROLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'riverton-council': {
    'dapg-workers': 'dai.daiw',
    'dapg-coordinators': 'dai.dapg_coordinator',
    'dapg-chairs': 'dai.dapg_chair',
    'ig-officers': 'ig.reviewer',
  },
  'riverton-idva': { idvas: 'vic.idva' },
};

/** Teams, as agencies tell them with their staff: nobody reviews what somebody of her own team did. */
export const DEMO_TEAMS: Readonly<Record<string, string>> = {
  'amara.lewis': 'Intervention',
  'joseph.tate': 'Intervention',
  'helen.marsh': 'Panel',
  'h.lindqvist': 'Panel',
  'r.bell': 'Information governance',
  'i.fallow': 'Legal services',
};
