import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const CHUNK_bytes = 1 << 22

/**
 * Calls back for each row of a CSV file after its header. Ids, codes and numbers only: a quoted
 * field may hold commas and doubled quotes, not line ends.
 */
export function eachRow(
  file: string,
  use: (fields: readonly string[], header: readonly string[]) => void,
): void {
  let header: readonly string[] | null = null
  for (const line of linesOf(file)) {
    if (line === '') continue
    const fields = fieldsOf(line)
    if (header === null) header = fields.map((name) => name.trim())
    else use(fields, header)
  }
}

function* linesOf(file: string): Generator<string> {
  const input = openSync(file, 'r')
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_bytes)
    const decoder = new StringDecoder('utf8')
    let rest = ''
    for (let read = readSync(input, chunk); read > 0; read = readSync(input, chunk)) {
      const lines = (rest + decoder.write(chunk.subarray(0, read))).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
    }
    if (rest !== '') yield rest
  } finally {
    closeSync(input)
  }
}

function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const fields: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
  }
  return fields
}
