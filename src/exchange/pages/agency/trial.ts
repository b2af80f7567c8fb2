import { randomInt } from 'node:crypto'
import type { Kernel } from '../../../kernel/index.ts'
import type { Sample } from '../../demonstration/store.ts'
import type { Agreement } from '../../types.ts'
import { type Claim, TRIALS, type Trial } from './try.ts'

export const trialOf = (value: unknown): Trial => TRIALS.find((one) => one === value) ?? 'right'

/**
 * Somebody to ask about, by what is to be tried. Mistakes go to ever other persons, as each may be
 * got wrong only a few times; null when there is nobody.
 */
export function claimFor(kernel: Kernel, trial: Trial, samples: readonly Sample[]): Claim | null {
  const sample = samples[trial === 'right' ? 0 : randomInt(Math.max(1, samples.length))]
  const other = samples.find((one) => one.name !== sample?.name)
  if (sample === undefined || other === undefined) return null
  const { number, name, birthdate } = sample
  switch (trial) {
    case 'right':
      return { number, name, birthdate }
    case 'wrong-name':
      return { number, name: other.name, birthdate }
    case 'wrong-date':
      return { number, name, birthdate: dayBeside(birthdate) }
    case 'nobody':
      return { number: numberOfNobody(kernel, sample), name, birthdate }
  }
}

/** Another day of the same month. */
function dayBeside(day: string): string {
  const [year, month, at = '01'] = day.split('-')
  return `${year}-${month}-${at === '15' ? '16' : '15'}`
}

/** Well formed, with the same meaning, from the end of the serials, which no nation reaches. */
function numberOfNobody({ profile }: Kernel, { number, sex, birthdate }: Sample): string {
  const parsed = profile.number.parse(number)
  const place = parsed.ok ? (parsed.implied.place ?? '') : ''
  const { serials } = profile.number
  const serial = serials - 1 - randomInt(Math.ceil(serials / 100))
  const birthYear = Number(birthdate.slice(0, 4))
  return profile.number.compose({ place, sex, birthYear, serial, demonstration: true })
}

/** The body of the call: who is meant, and as much beside as the agreement allows. */
export function payloadOf(
  { number, name, birthdate }: Claim,
  agreement: Agreement,
  samples: readonly Sample[],
): unknown {
  const sex = samples.find((one) => one.number === number)?.sex
  const asked = agreement.predicates.filter((one) => one !== 'resides_in').slice(0, 3)
  return {
    identify: { personal_administrative_number: number, name, birthdate },
    ...(sex !== undefined && agreement.attributes.includes('sex') && { attributes: { sex } }),
    ...(asked.length > 0 && { predicates: Object.fromEntries(asked.map((one) => [one, true])) }),
  }
}
