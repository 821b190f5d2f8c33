import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { AutomationError } from "../automation-error";

/** Whose plan is sealed. All of it is authenticated: a seal opens only for what it was made for. */
export interface SealedFor {
  /** `owner/name`. */
  readonly repository: string;
  /** Full hash of the commit that was reviewed. */
  readonly commit: string;
  readonly environment: string;
  readonly stack: string;
}

const CIPHER = "aes-256-gcm";
const FORMAT = "cluster-ipam sealed plan 1";
const [SALT, NONCE, TAG] = [32, 12, 16];
/** Shortest secret, in characters: 32 random bytes in base64 have 44. */
const SHORTEST_SECRET = 32;

/**
 * Encrypts a plan with AES-256-GCM. Each seal has a key of its own, derived from the secret and a random salt by
 * HKDF-SHA256 (RFC 5869), so no nonce can meet a key twice.
 *
 * @param secret at least 32 random characters, for example of `openssl rand -base64 32`
 * @returns salt, nonce, tag and ciphertext
 * @throws AutomationError if the secret is too short
 */
export function seal(plain: Buffer, secret: string, purpose: SealedFor): Buffer {
  const [salt, nonce] = [randomBytes(SALT), randomBytes(NONCE)];
  const cipher = createCipheriv(CIPHER, keyOf(secret, salt), nonce).setAAD(aad(purpose));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Decrypts what {@link seal} made.
 *
 * @throws AutomationError if it was made for another purpose or with another secret, or was changed since
 */
export function open(sealed: Buffer, secret: string, purpose: SealedFor): Buffer {
  const key = keyOf(secret, sealed.subarray(0, SALT));
  const nonce = sealed.subarray(SALT, SALT + NONCE);
  const tag = sealed.subarray(SALT + NONCE, SALT + NONCE + TAG);
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG });
    decipher.setAAD(aad(purpose)).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(SALT + NONCE + TAG)), decipher.final()]);
  } catch {
    const { environment, stack, commit } = purpose;
    throw new AutomationError(
      `${environment}/${stack}: the sealed plan is not of commit ${commit}, was sealed with another secret, or was ` +
        `changed; plan the commit again`,
    );
  }
}

function keyOf(secret: string, salt: Buffer): Buffer {
  if (secret.length < SHORTEST_SECRET) {
    throw new AutomationError(
      `PLAN_SEAL_SECRET has ${secret.length} characters but needs ${SHORTEST_SECRET}; make one with \`openssl rand -base64 32\``,
    );
  }
  return Buffer.from(hkdfSync("sha256", secret, salt, FORMAT, 32));
}

const aad = ({ repository, commit, environment, stack }: SealedFor) =>
  Buffer.from(JSON.stringify([FORMAT, repository, commit, environment, stack]));
