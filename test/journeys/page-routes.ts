import { z } from 'zod';
import { createPages } from '../../gateway/web/pages.ts';
import type { PageDeps } from '../../gateway/web/page-deps.ts';

/** Which pages there are, read off the router itself: what is added there is attacked and measured without being told. */

export interface PageRoute {
  readonly method: 'GET' | 'POST';
  /** As the router has it: `/cases/:ref/attempts`. */
  readonly path: string;
}

export const nameOf = ({ method, path }: PageRoute): string => `${method} ${path}`;

const layersSchema = z.array(
  z.object({
    route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional(),
    handle: z.custom<object>(),
  }),
);

/** Every route in the order in which the router tries them. Throws where pages hide behind a router of their own. */
export function pageRoutes(): readonly PageRoute[] {
  return layersSchema.parse(createPages(nothingBehind()).stack).flatMap(({ route, handle }) => {
    if (route === undefined && 'stack' in handle) throw new Error('a router inside the router: read its routes too');
    return Object.keys(route?.methods ?? {}).map((method) => ({
      method: z.enum(['GET', 'POST']).parse(method.toUpperCase()),
      path: route?.path ?? '',
    }));
  });
}

/** The route that answers a path, or undefined: the first that fits, as in the router. */
export function routeFor(
  routes: readonly PageRoute[],
  method: PageRoute['method'],
  pathname: string,
): PageRoute | undefined {
  return routes.find((route) => route.method === method && patternOf(route).test(pathname));
}

const patternOf = ({ path }: PageRoute): RegExp =>
  new RegExp(`^${path.replaceAll(/[.+]/gu, '\\$&').replaceAll(/:\w+/gu, '[^/]+')}$`, 'u');

/** A path of a route: each parameter filled from the given ones, or with an id that nothing has. */
export function pathOf({ path }: PageRoute, params: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/:(\w+)/gu, (_all, name: string) => params[name] ?? '00000000-0000-4000-8000-00000000dead');
}

/** Pages that can be listed and not asked: whatever is looked for in what is behind them is there, and does nothing. */
function nothingBehind(): PageDeps {
  const nothing: object = new Proxy(() => undefined, {
    get: (_target, name) => (name === 'origin' ? 'https://nowhere.invalid' : nothing),
    apply: () => nothing,
  });
  return z.custom<PageDeps>(() => true).parse(nothing);
}
