/** Numbers, days and instants as each language writes them. Pure, cached, no country in it. */

import { plainDay, weekdayOf } from './time.ts'

export const LANGUAGES = ['vi', 'en', 'fr'] as const
export type Lang = (typeof LANGUAGES)[number]

/** BCP 47 tags by which Intl is asked: English is British here. */
export const TAGS: Readonly<Record<Lang, string>> = { vi: 'vi-VN', en: 'en-GB', fr: 'fr-FR' }

/** Each language in its own words; a language is never shown by a flag. */
export const LANGUAGE_NAMES: Readonly<Record<Lang, string>> = {
  vi: 'Tiếng Việt',
  en: 'English',
  fr: 'Français',
}

const NBSP = '\u00a0'
const caches = new Map<string, Intl.NumberFormat>()

function numberFormat(lang: Lang, digits: number, percent: boolean): Intl.NumberFormat {
  const key = `${lang}${digits}${percent}`
  let format = caches.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(TAGS[lang], {
      style: percent ? 'percent' : 'decimal',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    caches.set(key, format)
  }
  return format
}

/** 1.234,5 in Vietnamese, 1,234.5 in English, 1 234,5 in French. `digits` after the comma. */
export function formatNumber(lang: Lang, value: number | bigint, digits = 0): string {
  return numberFormat(lang, digits, false).format(value)
}

/** A share between 0 and 1: 48,7 % (vi), 48.7% (en), 48,7 % (fr). */
export function formatPercent(lang: Lang, share: number, digits = 1): string {
  const text = numberFormat(lang, digits, true).format(share)
  return lang === 'vi' ? text.replace(/\s*%/, `${NBSP}%`) : text
}

const MONTHS: Readonly<Record<'en' | 'fr', readonly string[]>> = {
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
    ' ',
  ),
}
const SHORT_MONTHS: Readonly<Record<'en' | 'fr', readonly string[]>> = {
  en: 'Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec'.split(' '),
  fr: 'janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.'.split(' '),
}
const WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
  fr: 'dimanche lundi mardi mercredi jeudi vendredi samedi'.split(' '),
}

interface Ymd {
  readonly y: string
  readonly m: string
  readonly d: string
}

function parse(day: string): Ymd {
  const [y = '', m = '', d = ''] = day.split('-')
  if (!/^\d{4}$/.test(y)) throw new TypeError('a day is YYYY, YYYY-MM or YYYY-MM-DD')
  return { y, m, d }
}

/** "1 janvier" is "1er janvier" in French; other days are plain numbers without a leading zero. */
function ordinal(lang: Lang, d: string): string {
  const number = String(Number(d))
  return lang === 'fr' && number === '1' ? '1er' : number
}

/** A PlainDay or PartialDay: 16/10/2026, 16 October 2026, 16 octobre 2026; 10/2026; 2026. */
export function formatDay(lang: Lang, day: string): string {
  const { y, m, d } = parse(day)
  if (m === '') return y
  if (lang === 'vi') return d === '' ? `${m}/${y}` : `${d}/${m}/${y}`
  const month = MONTHS[lang][Number(m) - 1] ?? m
  return d === '' ? `${month} ${y}` : `${ordinal(lang, d)} ${month} ${y}`.replace(' ', NBSP)
}

/** The same day without its year, for what is near: 16/10, 16 Oct, 16 oct. */
export function formatShortDay(lang: Lang, day: string): string {
  const { m, d } = parse(day)
  if (lang === 'vi') return `${d}/${m}`
  return `${ordinal(lang, d)}${NBSP}${SHORT_MONTHS[lang][Number(m) - 1] ?? m}`
}

/** A day with its weekday: thứ Sáu 16/10/2026, Friday 16 October 2026, vendredi 16 octobre 2026. */
export function formatWeekday(lang: Lang, day: string): string {
  const name = WEEKDAYS[lang][weekdayOf(plainDay(day)) % 7] ?? ''
  return `${name} ${formatDay(lang, day)}`
}

/** A month as a heading: tháng 10/2026, October 2026, octobre 2026. Takes YYYY-MM. */
export function formatMonth(lang: Lang, month: string): string {
  const text = formatDay(lang, month.slice(0, 7))
  return lang === 'vi' ? `tháng ${text}` : text
}

const zones = new Map<string, Intl.DateTimeFormat>()

/** What the calendar and the clock on the wall show in `zone` at an ISO 8601 instant. */
export function wallClock(zone: string, instant: string): { day: string; time: string } {
  let format = zones.get(zone)
  if (format === undefined) {
    // Swedish writes ISO 8601: 2026-10-16 08:15.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    })
    zones.set(zone, format)
  }
  const [day = '', time = ''] = format.format(new Date(instant)).split(' ')
  return { day, time }
}

const lists = new Map<Lang, Intl.ListFormat>()

/** a, b và c; a, b and c; a, b et c. */
export function formatList(lang: Lang, words: readonly string[]): string {
  let format = lists.get(lang)
  if (format === undefined) {
    format = new Intl.ListFormat(TAGS[lang], { type: 'conjunction' })
    lists.set(lang, format)
  }
  return format.format(words)
}
