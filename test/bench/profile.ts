import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Where a process's time went: the samples of a V8 profile, summed by function and grouped by module. */

export interface ModuleShare {
  readonly module: string;
  /** Of the time that the processor was busy, 0 to 1. */
  readonly share: number;
  /** The functions that cost most, by their own time. */
  readonly functions: readonly { readonly name: string; readonly share: number }[];
}

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
type Profile = z.infer<typeof profileSchema>;
type ProfileNode = Profile['nodes'][number];

const FUNCTIONS_MAX = 3;
const PROFILER = 'the profiler itself';
const WAITING: ReadonlySet<string> = new Set(['(idle)', '(root)']);

export async function readProfile(file: string): Promise<readonly ModuleShare[]> {
  return modulesOf(profileSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
}

/** Groups a profile by module, most first. Node's own functions count for whichever module called them last. */
export function modulesOf(profile: Profile): readonly ModuleShare[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const callers = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)),
  );
  const modules = new Map<string, Map<string, number>>();
  let busy = 0;
  profile.samples.forEach((id, at) => {
    const node = nodes.get(id);
    const time = Math.max(0, profile.timeDeltas[at] ?? 0);
    if (node === undefined || WAITING.has(node.callFrame.functionName)) return;
    const module = moduleOf(node, callers);
    if (module === PROFILER) return;
    busy += time;
    const functions = modules.get(module) ?? new Map<string, number>();
    modules.set(module, functions);
    const name = nameOf(node);
    functions.set(name, (functions.get(name) ?? 0) + time);
  });
  return [...modules].map(([module, functions]) => shareOf(module, functions, busy)).sort((a, b) => b.share - a.share);
}

function shareOf(module: string, functions: ReadonlyMap<string, number>, busy: number): ModuleShare {
  const sorted = [...functions].sort(([, a], [, b]) => b - a);
  const time = sorted.reduce((sum, [, each]) => sum + each, 0);
  return {
    module,
    share: time / busy,
    functions: sorted.slice(0, FUNCTIONS_MAX).map(([name, each]) => ({ name, share: each / busy })),
  };
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const file = url.split('/').at(-1) ?? '';
  const name = functionName === '' ? '(anonymous)' : functionName;
  // A file that was made into JavaScript on the way in stands on one line, so its number says nothing.
  return file === '' ? name : `${name} ${file}${lineNumber === 0 ? '' : `:${lineNumber + 1}`}`;
}

function moduleOf(node: ProfileNode, callers: ReadonlyMap<number, ProfileNode>): string {
  if (node.callFrame.functionName === '(garbage collector)') return 'garbage collector';
  if (node.callFrame.functionName === '(program)') return 'native code outside JavaScript';
  for (let at: ProfileNode | undefined = node; at !== undefined; at = callers.get(at.id)) {
    const module = moduleOfUrl(at.callFrame.url);
    if (module !== undefined) return module;
  }
  return 'node, called by nobody of ours';
}

/** Node's modules that are a cost of their own, whoever called them. */
const NODE_PARTS: readonly (readonly [RegExp, string])[] = [
  [/^node:(?:internal\/)?inspector/, PROFILER],
  [/^node:(?:_tls|tls|internal\/tls)/, 'node tls'],
  [/^node:(?:_http|https?|internal\/http)/, 'node http'],
  [/^node:(?:net|internal\/stream_base_commons)/, 'node net'],
  [/^node:(?:internal\/streams|stream)/, 'node streams'],
  [
    /^node:internal\/(?:timers|process\/task_queues|async_hooks|abort_controller|event_target)/,
    'node timers, promises',
  ],
];

function moduleOfUrl(url: string): string | undefined {
  const library = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (library !== undefined) return library;
  const own = /\/((?:gateway|policies|adapters)\/[^/]+|schemas|deploy)\/[^/]/.exec(url)?.[1];
  if (own !== undefined) return own;
  return NODE_PARTS.find(([pattern]) => pattern.test(url))?.[1];
}
