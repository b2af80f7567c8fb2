import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const IV_bytes = 12
const TAG_bytes = 16

/** AES-256-GCM: results that no event stands for yet cannot be read. */
export function seal(bytes: Buffer, key: Buffer): Buffer {
  const iv = randomBytes(IV_bytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const sealed = [cipher.update(bytes), cipher.final()]
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed])
}

/** Null where it was sealed with another key, or was cut off. */
export function unseal(sealed: Buffer, key: Buffer): Buffer | null {
  if (sealed.length < IV_bytes + TAG_bytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_bytes))
  decipher.setAuthTag(sealed.subarray(IV_bytes, IV_bytes + TAG_bytes))
  try {
    const bytes = decipher.update(sealed.subarray(IV_bytes + TAG_bytes))
    return Buffer.concat([bytes, decipher.final()])
  } catch {
    return null
  }
}
