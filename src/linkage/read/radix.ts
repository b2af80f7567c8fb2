const BITS = 11
const BUCKETS = 1 << BITS
const PASSES = 3

/** Sorts keys of 32 bits, and the values beside them, in place; equal keys keep their order. */
export function radixSort(keys: Uint32Array, values: Uint32Array): void {
  const { length } = keys
  const counts = new Uint32Array(BUCKETS * PASSES)
  for (let at = 0; at < length; at++) {
    const key = keys[at] as number
    for (let pass = 0; pass < PASSES; pass++) {
      const bucket = pass * BUCKETS + ((key >>> (pass * BITS)) & (BUCKETS - 1))
      counts[bucket] = (counts[bucket] as number) + 1
    }
  }
  const spare = { keys: new Uint32Array(length), values: new Uint32Array(length) }
  let from: Pairs = { keys, values }
  let to: Pairs = spare
  for (let pass = 0; pass < PASSES; pass++) {
    const places = counts.subarray(pass * BUCKETS, (pass + 1) * BUCKETS)
    // A digit that all keys share sorts nothing.
    if (places.includes(length)) continue
    scatter(from, to, { places, shift: pass * BITS })
    const swapped = from
    from = to
    to = swapped
  }
  if (from === spare) {
    keys.set(spare.keys)
    values.set(spare.values)
  }
}

interface Pairs {
  readonly keys: Uint32Array
  readonly values: Uint32Array
}

/** `places` counts the keys of each bucket, and is used up. */
function scatter(
  from: Pairs,
  to: Pairs,
  { places, shift }: { readonly places: Uint32Array; readonly shift: number },
): void {
  let sum = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = places[bucket] as number
    places[bucket] = sum
    sum += count
  }
  const { keys, values } = from
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as number
    const bucket = (key >>> shift) & (BUCKETS - 1)
    const place = places[bucket] as number
    places[bucket] = place + 1
    to.keys[place] = key
    to.values[place] = values[at] as number
  }
}
