/** As the names in a header and in a specification are compared: trimmed, in NFC. */
export function columnName(text: string): string {
  return text.replace(/^[\s\uFEFF\u200B]+|[\s\uFEFF\u200B]+$/g, '').normalize('NFC')
}
