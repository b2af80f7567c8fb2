import type { Component, SignatureInput } from './fields.ts'

/** The parts of an HTTP request a signature may cover; header names are in lower case. */
export interface SignedMessage {
  readonly method: string
  /** The request target in origin form: path and query exactly as received. */
  readonly target: string
  /** The `Host` header, or `:authority` of HTTP/2. */
  readonly authority: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/**
 * The signature base of RFC 9421 section 2.5, or the first component this message has no value for.
 * Component parameters (`sf`, `bs`, `req`, …) are not part of our profile: they count as unknown.
 */
export function signatureBase(
  message: SignedMessage,
  input: Pick<SignatureInput, 'components' | 'text'>,
): { readonly base: string } | { readonly missing: string } {
  let base = ''
  for (const component of input.components) {
    const value = componentValue(message, component)
    if (value === undefined) return { missing: component.name }
    base += `"${component.name}": ${value}\n`
  }
  return { base: `${base}"@signature-params": ${input.text}` }
}

function componentValue(message: SignedMessage, component: Component): string | undefined {
  if (component.parameters.size > 0) return undefined
  return component.name.startsWith('@')
    ? derivedValue(message, component.name)
    : fieldValue(message.headers[component.name])
}

/** RFC 9421 section 2.1: lines joined by a comma and a space, each without space at its ends. */
function fieldValue(value: string | readonly string[] | undefined): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'string' ? value.trim() : value.map((line) => line.trim()).join(', ')
}

/** RFC 9421 section 2.2. Behind a proxy that ends TLS the scheme is unknown, so neither
 * `@scheme` nor `@target-uri` can be rebuilt here. */
function derivedValue(message: SignedMessage, name: string): string | undefined {
  const { target } = message
  const query = target.indexOf('?')
  switch (name) {
    case '@method':
      return message.method
    case '@authority':
      return normalAuthority(message.authority)
    case '@path':
      return (query < 0 ? target : target.slice(0, query)) || '/'
    case '@query':
      return query < 0 ? '?' : target.slice(query)
    case '@request-target':
      return target
    default:
      return undefined
  }
}

/** RFC 9421 section 2.2.3: in lower case, without the default port of its scheme. */
export function normalAuthority(authority: string): string {
  return authority.toLowerCase().replace(/:(?:80|443)$/, '')
}
