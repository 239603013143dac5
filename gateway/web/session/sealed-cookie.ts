import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Text that the browser carries for us for some minutes without being able to read or change it (AES-256-GCM). */

export interface CookieSeal {
  seal(purpose: string, text: string): string;
  /** Undefined where it was changed, made for another purpose or under another key. */
  open(purpose: string, sealed: string): string | undefined;
}

const NONCE = 12;
const TAG = 16;

/** Makes the seal from 32 secret bytes; every gateway of one partnership needs the same. */
export function makeCookieSeal(secret: Uint8Array): CookieSeal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'holdfast sealed cookie', 32));
  return {
    seal(purpose, text) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return sealed.toString('base64url');
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE + TAG) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(purpose));
        decipher.setAuthTag(bytes.subarray(-TAG));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
