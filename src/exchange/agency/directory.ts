import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Actor, Kernel } from '../../kernel/index.ts'
import { EXCHANGE_LIMITS } from '../limits.ts'
import { type AgreementMap, compileAgreements } from './agreement.ts'
import { type Agency, listAgencies, listAgreements, listenForChanges, listKeys } from './store.ts'

/** An agency as it asks: who it is and whom its client acts as. */
export interface AgencyClient {
  readonly agency: Agency
  readonly actor: Actor
}

/** Keys and agreements in memory. */
export interface Directory {
  readonly agreements: AgreementMap
  holderOf(keyId: string): { readonly key: KeyObject; readonly holder: AgencyClient } | undefined
}

/** Keeps the directory: told of changes by the database, or, without that, never older than 1 s. */
export interface DirectoryKeeper {
  current(): Promise<Directory>
  /** For a key that is not known: read anew, at most a few times a second. */
  anew(): Promise<Directory>
  close(): Promise<void>
}

/** A client that signs with a key kept in software: Decree 69/2024 would call it level 2. */
const CLIENT_LEVEL = 2

/** Reads all keys in use and all agreements that two persons approved. */
export async function readDirectory(kernel: Kernel): Promise<Directory> {
  const { agencies, keys, agreements } = await kernel.database.transaction(async (tx) => ({
    agencies: await listAgencies(tx),
    keys: await listKeys(tx),
    agreements: await listAgreements(tx),
  }))
  const clients = new Map(agencies.map((agency) => [agency.id, clientOf(agency)]))
  const holders = new Map<string, { key: KeyObject; holder: AgencyClient }>()
  for (const { keyId, agencyId, publicKey, revokedAt } of keys) {
    const holder = clients.get(agencyId)
    if (revokedAt !== null || holder === undefined) continue
    holders.set(keyId, { key: publicKeyOf(publicKey), holder })
  }
  return {
    agreements: compileAgreements(agreements),
    holderOf: (keyId) => holders.get(keyId),
  }
}

export function clientOf(agency: Agency): AgencyClient {
  const actor: Actor = {
    id: agency.actorId,
    kind: 'agency',
    name: agency.name,
    body: agency.name,
    unit: null,
    personId: null,
    agencyId: agency.id,
    level: CLIENT_LEVEL,
    grants: [],
  }
  return { agency, actor }
}

export function publicKeyOf(raw: Buffer): KeyObject {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
  return createPublicKey({ key: jwk, format: 'jwk' })
}

export function keepDirectory(kernel: Kernel): DirectoryKeeper {
  let directory: Promise<Directory> | undefined
  let readAt_ms = 0
  let listening: ReturnType<Kernel['database']['connect']> | undefined
  let closed = false
  let anewSecond = 0
  let anewTimes = 0

  const read = (): Promise<Directory> => {
    readAt_ms = Date.now()
    const reading = readDirectory(kernel)
    directory = reading
    // A failed read is not kept: the next request tries again.
    reading.catch(() => {
      if (directory === reading) directory = undefined
    })
    return reading
  }
  const forget = () => {
    directory = undefined
  }
  const listen = async () => {
    const connection = kernel.database.connect()
    listening = connection
    try {
      const client = await connection
      client.on('notification', forget)
      client.on('error', () => {
        listening = undefined
      })
      client.on('end', () => {
        listening = undefined
      })
      await listenForChanges(client)
      forget()
    } catch {
      listening = undefined
    }
  }

  return {
    current() {
      const told = listening !== undefined
      if (!told && !closed) void listen()
      const stale = !told && Date.now() - readAt_ms > EXCHANGE_LIMITS.directoryAge_ms_max
      return directory === undefined || stale ? read() : directory
    },
    anew() {
      const second = Math.floor(Date.now() / 1000)
      if (second !== anewSecond) anewTimes = 0
      anewSecond = second
      anewTimes += 1
      const isOften = anewTimes > EXCHANGE_LIMITS.directoryAnewPerSecond_max
      return directory !== undefined && isOften ? directory : read()
    },
    async close() {
      closed = true
      const client = await listening?.catch(() => undefined)
      listening = undefined
      await client?.end()
    },
  }
}
