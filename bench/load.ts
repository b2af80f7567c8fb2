import { once } from 'node:events'
import net from 'node:net'
import { percentile } from './bench.ts'

export interface Load {
  /** Answers a second. */
  readonly rate: number
  readonly p50_ms: number
  readonly p99_ms: number
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LENGTH = /\r\ncontent-length: (\d+)/i

/**
 * Sends prepared requests over so many kept-alive connections, one at a time on each, until all are
 * sent or the time is over. Writes bytes and reads bytes: a full client would take the processor
 * from the server it measures.
 */
export async function load(
  port: number,
  requests: readonly Buffer[],
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Load> {
  const began = performance.now()
  const end = began + seconds * 1000
  const latencies: number[] = []
  let next = 0
  const one = async () => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    const answer = reader(socket)
    while (performance.now() < end) {
      const request = requests[next++]
      if (request === undefined) break
      const sent = performance.now()
      socket.write(request)
      const status = await answer()
      if (status !== 200) throw new Error(`a request was answered ${status}`)
      latencies.push(performance.now() - sent)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: connections }, one))
  const took_s = (performance.now() - began) / 1000
  return {
    rate: latencies.length / took_s,
    p50_ms: percentile(latencies, 0.5),
    p99_ms: percentile(latencies, 0.99),
  }
}

/** Gives the status of the next answer once all of it has come. */
function reader(socket: net.Socket): () => Promise<number> {
  let held = Buffer.alloc(0)
  let deliver: ((status: number) => void) | undefined
  let fail: ((error: Error) => void) | undefined
  socket.on('data', (part) => {
    held = held.length === 0 ? part : Buffer.concat([held, part])
    const head = held.indexOf(HEAD_END)
    if (head < 0) return
    const text = held.toString('latin1', 0, head)
    const length = Number(LENGTH.exec(text)?.[1] ?? 0)
    if (held.length < head + 4 + length) return
    held = held.subarray(head + 4 + length)
    deliver?.(Number(text.slice(9, 12)))
  })
  socket.on('close', () => fail?.(new Error('the server closed the connection')))
  socket.on('error', (error) => fail?.(error))
  return () =>
    new Promise((resolve, reject) => {
      deliver = resolve
      fail = reject
    })
}

/** The bytes of an HTTP/1.1 POST. */
export function postBytes(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}
