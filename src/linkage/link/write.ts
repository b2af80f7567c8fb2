import { closeSync, openSync, writeSync } from 'node:fs'
import { probabilityOf } from '../model/model.ts'
import { type FileRows, idOf } from '../read/index.ts'
import type { LinkedPairs } from './pairs.ts'

const CHUNK_bytes = 1 << 20
const QUOTED = /[",\r\n]/

type Ids = Pick<FileRows, 'ids' | 'idOffsets'>

/** `left,right,probability,weight`: the weight is log2 of the odds, the prior included. */
export function writePairs(
  file: string,
  pairs: LinkedPairs,
  ids: { readonly left: Ids; readonly right: Ids },
): void {
  writeLines(file, 'left,right,probability,weight', pairs.weights.length, (at) => {
    const weight = pairs.weights[at] as number
    const left = field(idOf(ids.left, pairs.left[at] as number))
    const right = field(idOf(ids.right, pairs.right[at] as number))
    return `${left},${right},${probabilityOf(weight).toFixed(6)},${weight.toFixed(3)}`
  })
}

/** `row,cluster`; of two files also `file`, since both may use the same ids. */
export function writeClusters(
  file: string,
  clusters: Uint32Array,
  { left, right }: { readonly left: FileRows; readonly right: FileRows | null },
): void {
  const head = right === null ? 'row,cluster' : 'row,cluster,file'
  writeLines(file, head, clusters.length, (at) => {
    if (right === null) return `${field(idOf(left, at))},${clusters[at]}`
    const [of, row, name] =
      at < left.rows ? [left, at, 'left'] : [right, at - left.rows, 'right']
    return `${field(idOf(of, row))},${clusters[at]},${name}`
  })
}

function field(text: string): string {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function writeLines(
  file: string,
  head: string,
  lines: number,
  lineOf: (at: number) => string,
): void {
  const descriptor = openSync(file, 'w')
  try {
    let text = `${head}\n`
    for (let at = 0; at < lines; at++) {
      text += `${lineOf(at)}\n`
      if (text.length < CHUNK_bytes) continue
      writeSync(descriptor, text)
      text = ''
    }
    writeSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}
