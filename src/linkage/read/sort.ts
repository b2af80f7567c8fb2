/** Texts as `Texts` keeps them. */
export interface PackedTexts {
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
  readonly count: number
}

/** Fewer than these are sorted by insertion. */
const FEW = 12

/**
 * Numbers of distinct texts in the order of their UTF-8 bytes, which is that of their code points.
 * A text's next bytes and its place make one exact double, and doubles are sorted natively; runs
 * that agree so far are sorted again by the bytes that follow. No text may hold a NUL.
 */
export function sortTexts(texts: PackedTexts): Uint32Array {
  const order = Uint32Array.from({ length: texts.count }, (_, text) => text)
  const runs = [0, texts.count, 0]
  while (runs.length > 0) {
    const depth = runs.pop() as number
    const end = runs.pop() as number
    const begin = runs.pop() as number
    const run = order.subarray(begin, end)
    if (run.length <= FEW) insertionSort(texts, run, depth)
    else sortRun(texts, run, { begin, depth, runs })
  }
  return order
}

interface Run {
  readonly begin: number
  readonly depth: number
  /** Takes the runs that agree in the bytes looked at: begin, end, depth. */
  readonly runs: number[]
}

function sortRun(texts: PackedTexts, run: Uint32Array, { begin, depth, runs }: Run): void {
  const width = run.length <= 1 << 21 ? 4 : 3
  const places = width === 4 ? 2 ** 21 : 2 ** 29
  const keys = new Float64Array(run.length)
  for (let place = 0; place < run.length; place++) {
    keys[place] = prefix(texts, run[place] as number, { depth, width }) * places + place
  }
  keys.sort()
  const before = run.slice()
  let first = 0
  let last = -1
  for (let place = 0; place < keys.length; place++) {
    const key = keys[place] as number
    const head = Math.floor(key / places)
    run[place] = before[key - head * places] as number
    if (head === last) continue
    if (place - first > 1) runs.push(begin + first, begin + place, depth + width)
    first = place
    last = head
  }
  if (keys.length - first > 1) runs.push(begin + first, begin + keys.length, depth + width)
}

function prefix(
  { bytes, offsets }: PackedTexts,
  text: number,
  { depth, width }: { depth: number; width: number },
): number {
  const from = (offsets[text] as number) + depth
  const to = offsets[text + 1] as number
  let value = 0
  for (let at = from; at < from + width; at++) {
    value = value * 256 + (at < to ? (bytes[at] as number) : 0)
  }
  return value
}

function insertionSort(texts: PackedTexts, run: Uint32Array, depth: number): void {
  for (let place = 1; place < run.length; place++) {
    const text = run[place] as number
    let to = place
    for (; to > 0 && follows(texts, run[to - 1] as number, { text, depth }); to--) {
      run[to] = run[to - 1] as number
    }
    run[to] = text
  }
}

function follows(
  { bytes, offsets }: PackedTexts,
  one: number,
  { text, depth }: { text: number; depth: number },
): boolean {
  let a = (offsets[one] as number) + depth
  let b = (offsets[text] as number) + depth
  const endA = offsets[one + 1] as number
  const endB = offsets[text + 1] as number
  for (; a < endA && b < endB; a++, b++) {
    const difference = (bytes[a] as number) - (bytes[b] as number)
    if (difference !== 0) return difference > 0
  }
  return endA - a > endB - b
}
