import type { Request, RequestHandler, Response } from 'express';
import type { Agency } from '../../schemas/case.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { presentedBy } from '../access/connection.ts';
import { identifyAgency } from '../access/identify.ts';
import { proveEntry } from '../audit/checkpoints/prove-entry.ts';
import { readEntry } from '../audit/leaves.ts';
import { parseTilePath } from '../audit/tree/tile-path.ts';
import { hasTile } from '../audit/tree/tile.ts';
import type { AccessLog } from '../ports/access-log.ts';
import type { AccessSnapshot } from '../ports/access-register.ts';
import type { ReadLogTree } from '../ports/log-tree.ts';
import { sendProblem } from './send-problem.ts';

/**
 * The log as every registered agency may see it: checkpoint and tiles of hashes as C2SP tlog-tiles has them, and the
 * proof of a receipt for whom it was given to. A certificate is enough: hashes tell nothing but that something was
 * recorded. Entries are not served here. A bundle holds 256 of them, whoever they concern, and cannot be cut to what
 * one agency may know; they are read through the review's search or an export, and both are entries themselves.
 */

export interface LogRouteDeps {
  readonly register: () => AccessSnapshot;
  readonly disclosure: { readonly log: AccessLog; readonly now: () => Date; readonly newId: () => string };
  readonly tree: ReadLogTree;
}

/** A tile never changes; what is private to the agencies may stay in no shared cache. */
const FOR_EVER = 'private, max-age=31536000, immutable';
const FOR_A_MOMENT = 'private, max-age=1';

/** `GET /log/checkpoint` */
export const getCheckpoint = (deps: LogRouteDeps): RequestHandler =>
  forAgency(deps, async (_agency, _request, response) => {
    const newest = await deps.tree.newestCheckpoint();
    if (!newest.ok) return newest.error;
    if (newest.value === undefined) return 'not-found';
    send(response, 'text/plain; charset=utf-8', newest.value.note, FOR_A_MOMENT);
    return undefined;
  });

export const TILE_PREFIX = '/log/tile/';

/** `GET /log/tile/{level}/{index}[.p/{width}]` */
export const getTile = (deps: LogRouteDeps): RequestHandler =>
  forAgency(deps, async (_agency, request, response) => {
    const tile = parseTilePath(request.path.slice(TILE_PREFIX.length));
    if (tile === undefined || tile.entries) return 'not-found';
    const newest = await deps.tree.newestCheckpoint();
    if (!newest.ok) return newest.error;
    // Nothing is given out that no checkpoint covers: it might yet be taken back.
    if (newest.value === undefined || !hasTile(newest.value.size, tile)) return 'not-found';
    const tiles = await deps.tree.tiles([tile]);
    if (!tiles.ok) return tiles.error;
    send(response, 'application/octet-stream', Buffer.from(tiles.value[0] ?? []), FOR_EVER);
    return undefined;
  });

const POSITION = /^(?:0|[1-9]\d{0,14})$/;

/** `GET /v1/receipts/{position}`: a C2SP tlog-proof. Whose receipt it is not sees what there is for none. */
export const getReceiptProof = (deps: LogRouteDeps): RequestHandler =>
  forAgency(deps, async (agency, request, response) => {
    const { position: text } = request.params;
    if (typeof text !== 'string' || !POSITION.test(text)) return 'not-found';
    const position = Number(text);
    const entries = await deps.disclosure.log.read(position, 1);
    if (!entries.ok) return entries.error;
    const [stored] = entries.value;
    if (stored?.position !== position || requesterOf(stored) !== agency.id) return 'not-found';
    const proof = await proveEntry(deps.tree, position);
    if (!proof.ok) return proof.error === 'not-yet' ? 'proof-not-yet' : proof.error;
    // Witnesses may still add their names to the checkpoint that it stands under.
    send(response, 'text/plain; charset=utf-8', proof.value, FOR_A_MOMENT);
    return undefined;
  });

function requesterOf(stored: Parameters<typeof readEntry>[0]): string | undefined {
  const entry = readEntry(stored);
  if (!entry.ok) return undefined;
  const { body } = entry.value;
  return 'requester' in body ? body.requester?.agency : undefined;
}

/** Answers by itself, or gives the problem that is to be answered. */
type Answer = (agency: Agency, request: Request, response: Response) => Promise<ProblemCode | undefined>;

const forAgency =
  (deps: LogRouteDeps, answer: Answer): RequestHandler =>
  async (request, response) => {
    const { disclosure, register } = deps;
    const identified = identifyAgency(presentedBy(request.socket), register(), disclosure.now());
    const problem = identified.ok ? await answer(identified.value.agency, request, response) : identified.error;
    if (problem !== undefined) sendProblem(response, problem, disclosure.newId());
  };

function send(response: Response, type: string, body: string | Buffer, caching: string): void {
  response.writeHead(200, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': caching,
  });
  response.end(body);
}
