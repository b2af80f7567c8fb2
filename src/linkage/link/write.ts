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
  const lineOf = (at: number) => {
    const weight = pairs.weights[at] as number
    const left = field(idOf(ids.left, pairs.left[at] as number))
    const right = field(idOf(ids.right, pairs.right[at] as number))
    return `${left},${right},${probabilityOf(weight).toFixed(6)},${weight.toFixed(3)}`
  }
  const count = pairs.weights.length
  writeLines(file, { head: 'left,right,probability,weight', count, lineOf })
}

/** `row,cluster`; of two files also `file`, since both may use the same ids. */
export function writeClusters(
  file: string,
  clusters: Uint32Array,
  { left, right }: { readonly left: FileRows; readonly right: FileRows | null },
): void {
  const head = right === null ? 'row,cluster' : 'row,cluster,file'
  const lineOf = (at: number) => {
    if (right === null) return `${field(idOf(left, at))},${clusters[at]}`
    const isLeft = at < left.rows
    const id = isLeft ? idOf(left, at) : idOf(right, at - left.rows)
    return `${field(id)},${clusters[at]},${isLeft ? 'left' : 'right'}`
  }
  writeLines(file, { head, count: clusters.length, lineOf })
}

function field(text: string): string {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

interface Lines {
  readonly head: string
  readonly count: number
  lineOf(at: number): string
}

function writeLines(file: string, { head, count, lineOf }: Lines): void {
  const descriptor = openSync(file, 'w')
  try {
    let text = `${head}\n`
    for (let at = 0; at < count; at++) {
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
