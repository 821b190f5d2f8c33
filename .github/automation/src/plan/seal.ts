import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AutomationError } from "../automation-error";

/** What a sealed plan belongs to. It is authenticated: a plan opens only with the same values. */
export interface SealContext {
  /** `owner/name`. */
  readonly repository: string;
  /** Full hash of the planned commit. */
  readonly commit: string;
  readonly environment: string;
  readonly stack: string;
}

const CIPHER = "aes-256-gcm";
const FORMAT = "cluster-ipam sealed plan 1";
const [SALT, NONCE, TAG] = [32, 12, 16];
/** In characters. 32 random bytes in base64 have 44. */
const MIN_SECRET_LENGTH = 32;

/**
 * Encrypts a plan with AES-256-GCM. Every plan gets its own key, derived from the secret and a random salt with
 * HKDF-SHA256 (RFC 5869), so a nonce is never reused with the same key.
 *
 * @param secret at least 32 random characters, for example from `openssl rand -base64 32`
 * @returns salt, nonce, tag and ciphertext
 * @throws AutomationError if the secret is too short
 */
export function seal(plain: Buffer, secret: string, context: SealContext): Buffer {
  const [salt, nonce] = [randomBytes(SALT), randomBytes(NONCE)];
  const cipher = createCipheriv(CIPHER, keyOf(secret, salt), nonce).setAAD(aad(context));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Decrypts a plan that {@link seal} encrypted.
 *
 * @throws AutomationError if the context or the secret differs, or the data was modified
 */
export function open(sealed: Buffer, secret: string, context: SealContext): Buffer {
  const key = keyOf(secret, sealed.subarray(0, SALT));
  const nonce = sealed.subarray(SALT, SALT + NONCE);
  const tag = sealed.subarray(SALT + NONCE, SALT + NONCE + TAG);
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG });
    decipher.setAAD(aad(context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(SALT + NONCE + TAG)), decipher.final()]);
  } catch {
    const { environment, stack, commit } = context;
    throw new AutomationError(
      `${environment}/${stack}: the sealed plan belongs to a commit other than ${commit}, was sealed with another ` +
        `secret, or was modified; plan the commit again`,
    );
  }
}

function keyOf(secret: string, salt: Buffer): Buffer {
  if (secret.length < MIN_SECRET_LENGTH) {
    throw new AutomationError(
      `PLAN_SEAL_SECRET has ${secret.length} characters but needs at least ${MIN_SECRET_LENGTH}; create one with \`openssl rand -base64 32\``,
    );
  }
  return Buffer.from(hkdfSync("sha256", secret, salt, FORMAT, 32));
}

const aad = ({ repository, commit, environment, stack }: SealContext) =>
  Buffer.from(JSON.stringify([FORMAT, repository, commit, environment, stack]));
