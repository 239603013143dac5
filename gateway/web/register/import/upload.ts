import type { Request, RequestHandler } from 'express';
import { resumeSession } from '../../../access/staff/session.ts';
import { NOT_NOW } from '../../cases/case-page.ts';
import type { Render } from '../../layout/render.ts';
import type { PageDeps } from '../../page-deps.ts';
import { readCookie } from '../../session/cookies.ts';
import { NOBODY } from '../../session/signed-in.ts';
import { sendToSignIn } from '../../sign-in/send-to-sign-in.ts';
import { boundaryOf, readMultipart } from './multipart.ts';

/** Takes in a list that a browser sends. Only for a live session: nobody else makes the gateway hold a file. */

/** P11: a year's list of one borough is some hundred rows; a row is some hundred bytes. */
export const UPLOAD_BYTES_MAX = 1024 * 1024;
/** The form's other fields and what stands around the file. */
const FORM_BYTES = 16 * 1024;
/** Uploads that are read at once, in the whole process. */
const AT_ONCE_MAX = 4;
/** A browser is told why only after it has sent everything; past this it is cut off. */
const DRAINED_MAX = 16 * 1024 * 1024;

const uploads = new WeakMap<Request, Uint8Array>();

/** The file that came with a request; undefined where none did. Empty where none was chosen. */
export const uploadOf = (request: Request): Uint8Array | undefined => uploads.get(request);

export const TO_UPLOAD = '/register/import';

/** Reads the form before `signedIn` looks for its token. The name of the field is `list`. */
export function readUpload(deps: PageDeps, render: Render): RequestHandler {
  let underWay = 0;
  return async (request, response, next) => {
    const boundary = boundaryOf(request.headers['content-type']);
    const agent = request.headers['user-agent'] ?? '';
    const resumed = await resumeSession(deps.sessions, readCookie(request, 'session') ?? '', agent);
    if (!resumed.ok && resumed.error === 'no-session') {
      await sendToSignIn(deps, render, request, response, { stepUp: false, to: `${TO_UPLOAD}?again=yes` });
      return;
    }
    if (!resumed.ok || boundary === undefined) {
      next();
      return;
    }
    if (underWay >= AT_ONCE_MAX) {
      render(response, 'layout/message.njk', NOBODY, NOT_NOW, 503);
      return;
    }
    underWay += 1;
    const body = await bodyOf(request).finally(() => (underWay -= 1));
    if (body === undefined) {
      render(response, 'layout/message.njk', NOBODY, TOO_LARGE, 413);
      return;
    }
    const read = readMultipart(body, boundary);
    if (read.ok) {
      request.body = read.value.fields;
      uploads.set(request, read.value.files.get('list') ?? new Uint8Array());
    }
    next();
  };
}

const TOO_LARGE = {
  heading: 'The list is too large',
  sentences: [
    'A list may be 1 MB at most. Nothing was read, and no case was opened.',
    'Split it, or hand it to whoever runs the gateway: there is a command for large lists.',
  ],
  links: [{ href: TO_UPLOAD, text: 'Choose another list' }],
};

/** The whole body; undefined where it is larger than it may be. */
async function bodyOf(request: Request): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    length += part.length;
    if (length > DRAINED_MAX) return undefined;
    if (length <= UPLOAD_BYTES_MAX + FORM_BYTES) parts.push(part);
  }
  return length > UPLOAD_BYTES_MAX + FORM_BYTES ? undefined : Buffer.concat(parts);
}
