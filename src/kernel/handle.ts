import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { Actor } from './actor.ts'
import type { Keys } from './keys.ts'
import { Refusal } from './refusal.ts'

/**
 * What stands in an address or a form for a record's internal id: the id as one block of AES under
 * a key of this actor alone. It tells nothing, cannot be made up to hit a record by more than
 * chance, and another actor's handle leads nowhere.
 */
export function handleOf(keys: Keys, actor: Actor, id: string): string {
  const cipher = createCipheriv('aes-256-ecb', keyOf(keys, actor), null).setAutoPadding(false)
  const block = Buffer.from(id.replaceAll('-', ''), 'hex')
  return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url')
}

/** The id behind a handle; refuses what is no handle, without saying more. */
export function idOfHandle(keys: Keys, actor: Actor, handle: string): string {
  const block = Buffer.from(handle, 'base64url')
  if (block.length !== 16) throw new Refusal('request.not-found')
  const decipher = createDecipheriv('aes-256-ecb', keyOf(keys, actor), null).setAutoPadding(false)
  const hex = Buffer.concat([decipher.update(block), decipher.final()]).toString('hex')
  // Our ids are UUIDs of version 7 and variant 10: a made-up handle fails here 63 times in 64.
  if (hex[12] !== '7' || !/[89ab]/.test(hex[16] ?? '')) throw new Refusal('request.not-found')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function keyOf(keys: Keys, actor: Actor): Buffer {
  return createHmac('sha256', keys.secret('cookie')).update(`handle ${actor.id}`).digest()
}
