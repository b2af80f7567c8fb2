/**
 * Where a text begins and ends without the blanks around it: signs up to U+0020, the no-break blank,
 * the ideographic blank, and the byte order mark and zero-width blanks that exports leave behind.
 */
export function trimStart(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to) {
    const byte = bytes[at] as number
    if (byte <= 32) at++
    else if (byte === 0xc2 && at + 2 <= to && bytes[at + 1] === 0xa0) at += 2
    else if (byte >= 0xe2 && at + 3 <= to && isBlank3(bytes, at)) at += 3
    else break
  }
  return at
}

export function trimEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = to
  while (at > from) {
    const byte = bytes[at - 1] as number
    if (byte <= 32) at--
    else if (byte === 0xa0 && at - 2 >= from && bytes[at - 2] === 0xc2) at -= 2
    else if (byte >= 0x80 && at - 3 >= from && isBlank3(bytes, at - 3)) at -= 3
    else break
  }
  return at
}

/** U+200B, U+200C, U+200D, U+2060, U+3000, U+FEFF. */
function isBlank3(bytes: Uint8Array, at: number): boolean {
  const code =
    ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number)
  return BLANKS.has(code)
}

const BLANKS: ReadonlySet<number> = new Set([
  ...[0xe2808b, 0xe2808c, 0xe2808d, 0xe281a0],
  ...[0xe38080, 0xefbbbf],
])
