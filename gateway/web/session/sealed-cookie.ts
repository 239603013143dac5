import { hkdfSync } from 'node:crypto';
import { openBox, sealBox } from '../../access/sealed-box.ts';

/** Text that the browser carries for us for some minutes without being able to read or change it. */

export interface CookieSeal {
  seal(purpose: string, text: string): string;
  /** Undefined where it was changed, made for another purpose or under another key. */
  open(purpose: string, sealed: string): string | undefined;
}

/** Makes the seal from 32 secret bytes; every gateway of one partnership needs the same. */
export function makeCookieSeal(secret: Uint8Array): CookieSeal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'holdfast sealed cookie', 32));
  return {
    seal: (purpose, text) =>
      Buffer.from(sealBox(key, Buffer.from(text, 'utf8'), Buffer.from(purpose))).toString('base64url'),
    open: (purpose, sealed) => openBox(key, Buffer.from(sealed, 'base64url'), Buffer.from(purpose))?.toString('utf8'),
  };
}
