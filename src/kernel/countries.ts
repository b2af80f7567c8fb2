import { LANGUAGES, type Lang, TAGS } from './formats.ts'
import type { Coded, Words } from './words.ts'

/** ISO 3166-1: alpha-2 and alpha-3 of every country and territory, written together. */
const ISO_3166 = `ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS
AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL
BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK
CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM
DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR
GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB
GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL
ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ
LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF
MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX
MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN
PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU
RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN
SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS
TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT
VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE`

const ALPHA_2 = new Map(ISO_3166.split(/\s+/).map((pair) => [pair.slice(2), pair.slice(0, 2)]))

/** Every alpha-3 code of ISO 3166-1. */
export const countryCodes: readonly string[] = [...ALPHA_2.keys()]

/** ICAO Doc 9303-3, section 5: codes of nationality that are no country's. */
const WITHOUT_COUNTRY: readonly Coded[] = [
  { code: 'XXA', words: { vi: 'Không quốc tịch', en: 'Stateless', fr: 'Apatride' } },
  {
    code: 'XXX',
    words: {
      vi: 'Chưa xác định quốc tịch',
      en: 'Nationality undetermined',
      fr: 'Nationalité indéterminée',
    },
  },
]

/**
 * Values of a nationality: first the nation's own, then every country by its alpha-3 code with the
 * names of Unicode CLDR, then those without a country. `own` may hold a user-assigned code.
 */
export function nationalities(own: readonly Coded[]): readonly Coded[] {
  const first = new Set(own.map(({ code }) => code))
  const names = Object.fromEntries(
    LANGUAGES.map((lang) => [lang, new Intl.DisplayNames([TAGS[lang]], { type: 'region' })]),
  ) as Readonly<Record<Lang, Intl.DisplayNames>>
  const name = (lang: Lang, alpha2: string): string => names[lang].of(alpha2) ?? alpha2
  const others = [...ALPHA_2]
    .filter(([alpha3]) => !first.has(alpha3))
    .map(([code, alpha2]) => {
      const words: Words = {
        vi: name('vi', alpha2),
        en: name('en', alpha2),
        fr: name('fr', alpha2),
      }
      return { code, words }
    })
  return [...own, ...others, ...WITHOUT_COUNTRY]
}
