import { generateKeyPairSync } from 'node:crypto'
import { type SigningKey, signingKey } from '../kernel/index.ts'

/** A fresh Ed25519 key, for tests. */
export function newKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  return signingKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
}
