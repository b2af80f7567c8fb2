import { profile as demo } from '../profiles/demo/index.ts'
import { profile as vn } from '../profiles/vn/index.ts'
import type { Profile } from './kernel/profile.ts'

/** The countries this program knows. A new one is a folder in profiles/ and a line here. */
export const PROFILES: readonly Profile[] = [vn, demo]

export function findProfile(id: string): Profile | undefined {
  return PROFILES.find((profile) => profile.id === id)
}
