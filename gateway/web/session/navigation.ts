import type { Role } from '../../../schemas/names.ts';
import type { NavigationItem } from '../layout/render.ts';

type Item = Omit<NavigationItem, 'current'>;

const GAPS: Item = { text: 'Contact gaps', href: '/contact-gaps' };
const PANEL: readonly Item[] = [{ text: 'Cases', href: '/register' }, GAPS, { text: 'Meetings', href: '/meetings' }];

/** The pages at the top, by role. A role that is not here sees none, so a new role opens nothing by itself (P2). */
const ITEMS: ReadonlyMap<Role, readonly Item[]> = new Map([
  ['vic.idva', [{ text: 'Safety blocks', href: '/safety-blocks' }]],
  ['dai.daiw', [{ text: 'My cases', href: '/cases' }, GAPS]],
  ['dai.dapg_coordinator', PANEL],
  ['dai.dapg_chair', PANEL],
  ['ig.reviewer', [{ text: 'Reviews', href: '/reviews' }]],
]);

/** What somebody with these roles finds at the top of each page, each page once. */
export function navigationFor(roles: readonly Role[]): readonly Item[] {
  const items = new Map(roles.flatMap((role) => ITEMS.get(role) ?? []).map((item) => [item.href, item]));
  return [...items.values()];
}
