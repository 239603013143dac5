import { createPostgresStaffRegister } from '../../../adapters/postgres/staff-register.ts';
import type { GatewayKeys } from '../../../deploy/keys-folder.ts';
import { sealStaff } from '../../../gateway/review/staff/staff-as-told.ts';
import { makeStaffNames } from '../../../gateway/review/staff/staff-names.ts';
import { makeLikenessDigests } from '../../../gateway/review/unusual/likeness.ts';
import { DEMO_PEOPLE, DEMO_TEAMS } from './people.ts';

const COUNCIL = 'riverton-council';

/** Tells the gateway of the council's staff and their teams, as `holdfast staff load` does. Throws where it cannot. */
export async function tellStaff(
  { url }: { readonly url: string },
  { masterKey, pseudonymKey }: Pick<GatewayKeys, 'masterKey' | 'pseudonymKey'>,
): Promise<void> {
  const with_ = { digests: makeLikenessDigests(pseudonymKey), names: makeStaffNames(masterKey) };
  const staff = DEMO_PEOPLE.filter(({ agency }) => agency === COUNCIL).flatMap(({ staffId, name }) => {
    const [given = '', family = ''] = name.split(' ');
    const team = DEMO_TEAMS[staffId];
    return team === undefined ? [] : [sealStaff({ agency: COUNCIL, id: staffId, given, family, team }, with_)];
  });
  const register = createPostgresStaffRegister({ url, max: 1 });
  try {
    const stored = await register.replace(COUNCIL, staff);
    if (!stored.ok) throw new Error('The council’s list of staff could not be stored.');
  } finally {
    await register.close();
  }
}
