import type { GivenName, NameCulture, PeopleGroup } from '../../../src/kernel/profile.ts'

const men: GivenName = {
  middle: '- 40, Ask 8, Bern 8, Dag 8, Eik 7, Finn 7, Leif 7, Odd 6, Rune 5, Stig 4',
  given: `Aarn 5, Bjarke 6, Corvin 5, Dain 4, Edvar 6, Fjorn 4, Gaute 4, Halvor 6, Ivo 5, Jørn 5, Kjell 4,
    Lorens 5, Mads 6, Niels 6, Oskar 5, Pær 3, Rasmund 4, Sigvald 4, Torben 5, Ulrik 4, Vidar 4`,
}

const women: GivenName = {
  middle: '- 40, Ane 8, Brit 8, Dis 8, Eir 7, Gro 7, Liv 7, Mai 6, Siv 5, Tove 4',
  given: `Aslaug 4, Birgit 6, Cecilja 5, Dagny 5, Elin 6, Frøya 4, Gudrun 4, Hedvig 5, Inga 6, Jorunn 4,
    Karin 6, Lisbet 5, Maren 6, Nanna 5, Oda 5, Ragna 4, Solveig 5, Thora 5, Unn 4, Vigdis 4, Ysolde 3`,
}

const young: { readonly male: GivenName; readonly female: GivenName } = {
  male: {
    middle: '- 60, Ask 6, Finn 8, Kai 8, Leif 6, Noa 6, Sol 6',
    given:
      'Aksel 6, Bo 5, Casper 5, Elias 7, Felix 6, Jonas 6, Liam 6, Milo 5, Noor 4, Storm 4, Theo 6',
  },
  female: {
    middle: '- 60, Ane 6, Eir 8, Liv 8, Mai 6, Sol 6, Vår 6',
    given:
      'Agnes 6, Clara 6, Ella 7, Freja 6, Ida 6, Luna 5, Maja 6, Nora 7, Saga 5, Tuva 5, Wilja 4',
  },
}

/** Given name, middle name, the mother's family name. */
const coast: NameCulture = {
  inherits: 'mother',
  inheritedFirst: false,
  inherited: {
    '*': `Lindqvar 22, Thornby 15, Østrand 12, Aamund 10, Vestergaard 7, Kjærhus 6, Marshal 5, Roanby 5,
      Selwick 5, Ulvness 4, Birkdal 4, Grantoft 3, Norhaven 2`,
    isles: 'Lindqvar 30, Strandøy 25, Skærholm 20, Aamund 15, Havgard 10',
  },
  generations: [
    { bornBefore: 2000, male: men, female: women },
    { bornBefore: 9999, ...young },
  ],
}

/** The father's family name stands last. */
const hill: NameCulture = {
  ...coast,
  inherits: 'father',
  inherited: { '*': "O'Brae 20, Dun-Carrow 18, Fell 15, Haldmoor 15, Pike 12, Tarn 12, Wolds 8" },
}

/** The isles know no family names: two given names are all. */
const isle: NameCulture = {
  ...coast,
  inherits: 'nobody',
  inheritedFirst: true,
  inherited: { '*': '- 1' },
}

export const groups: readonly PeopleGroup[] = [
  { id: 'coast', ethnicity: 'coast', culture: coast, religions: 'none 55, river 40, old-way 5' },
  { id: 'hill', ethnicity: 'hill', culture: hill, religions: 'old-way 60, none 30, - 10' },
  { id: 'isle', ethnicity: 'isle', culture: isle, religions: 'river 80, none 20' },
]
