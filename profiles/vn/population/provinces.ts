import type { ProvincePopulation } from '../../../src/kernel/profile.ts'

/**
 * The 63 provinces numbers refer to: code, residents in thousands, region of names, attraction,
 * shares of peoples in per cent. Rounded from what the 2019 census published; 'kinh' takes the rest.
 */
const TABLE = `
01 8435 north 1.9 muong 0.8, tay 0.3, thai 0.1, nung 0.1
02 887 north 0.3 hmong 34, tay 23, dao 15.5, nung 10, giay 2
04 543 north 0.3 tay 41, nung 30, hmong 12, dao 10.5
06 324 north 0.3 tay 52, dao 18, nung 9, hmong 7
08 802 north 0.4 tay 26, dao 13.5, san-chay 9, hmong 3, nung 2
10 762 north 0.7 hmong 25, tay 14, dao 14, giay 5, nung 4
11 635 north 0.4 hmong 38, thai 36, kho-mu 3.3, dao 1.2
12 482 north 0.4 thai 31, hmong 24, dao 13, giay 3
14 1300 north 0.3 thai 53, hmong 16, muong 7, dao 2, kho-mu 1.3
15 848 north 0.4 tay 18.5, dao 13, hmong 13, thai 7, muong 2, nung 2
17 872 north 0.6 muong 63, thai 4, tay 3, dao 2
19 1336 north 1.2 tay 11, nung 7, san-diu 4, san-chay 3, dao 2.5
20 802 north 0.4 nung 43, tay 36, dao 3.5, hoa 0.3
22 1363 north 1.3 dao 5, tay 3, san-diu 1.5, san-chay 1, hoa 0.4
24 1891 north 1.2 nung 5, tay 3.3, san-diu 1.8, san-chay 1.7
25 1517 north 0.4 muong 15, dao 1, san-chay 0.3
26 1198 north 1.1 san-diu 4, san-chay 0.2
27 1488 north 2.6 tay 0.3
30 1947 north 0.7 tay 0.1
31 2088 north 1.3 tay 0.1, hoa 0.1
33 1291 north 0.9 tay 0.1
34 1878 north 0.2 muong 0.1
35 878 north 0.6 muong 0.1
36 1876 north 0.2 muong 0.1
37 1010 north 0.6 muong 2.7
38 3722 north-central 0.2 muong 10.3, thai 6.6, hmong 0.5, tho 0.3, dao 0.2
40 3420 north-central 0.3 thai 10, tho 2, kho-mu 1.3, hmong 1
42 1323 north-central 0.3 thai 0.1
44 918 north-central 0.4 bru 2.5
45 652 centre 0.4 bru 13
46 1160 centre 0.6 bru 3, co-tu 1.6
48 1220 centre 2.4 co-tu 0.1, hoa 0.1
49 1519 centre 0.6 co-tu 4, xo-dang 3
51 1245 centre 0.3 hre 11.5, xo-dang 1.6
52 1504 centre 0.5 ba-na 1.5, cham 0.4, hre 0.6
54 877 centre 0.4 e-de 3, cham 2.5, ba-na 0.6
56 1260 centre 1.1 ra-glai 4.6, e-de 0.3, hoa 0.2
58 599 centre 0.6 cham 11.5, ra-glai 12, co-ho 0.4
60 1253 centre 0.7 cham 3, ra-glai 1.5, co-ho 1, hoa 0.5
62 579 highlands 1.2 xo-dang 25, ba-na 13, gia-rai 5, thai 1
64 1591 highlands 1.0 gia-rai 30, ba-na 12.5, nung 0.7, tay 0.6
66 1919 highlands 0.9 e-de 18.8, nung 4, tay 2.8, mnong 2.6, thai 1, gia-rai 1, hmong 2
67 671 highlands 1.4 mnong 8, nung 5.5, hmong 5.5, tay 4, e-de 1, dao 2
68 1333 highlands 1.1 co-ho 13.5, mnong 1, nung 2, tay 1.5, hoa 0.8, thai 0.5
70 1035 south 1.6 xtieng 9.7, nung 2.4, tay 2.4, khmer 2, hoa 0.8, mnong 1
72 1189 south 0.8 khmer 0.8, cham 0.4, hoa 0.3
74 2763 south 4.6 khmer 2.2, hoa 0.8, muong 0.3
75 3256 south 2.6 hoa 2.7, khmer 0.7, nung 0.6, tay 0.5, xtieng 0.1, cham 0.3
77 1178 south 1.8 hoa 0.7, khmer 0.3
79 9390 south 2.6 hoa 4.3, khmer 0.6, cham 0.1
80 1734 south 1.7 khmer 0.2, hoa 0.1
82 1786 south 0.6 hoa 0.1, khmer 0.1
83 1298 south 0.4 hoa 0.2, khmer 0.1
84 1019 south 0.3 khmer 31.5, hoa 0.7
86 1029 south 0.4 khmer 2.2, hoa 0.3
87 1600 south 0.3 khmer 0.1, hoa 0.1
89 1906 south 0.3 khmer 3.9, cham 0.6, hoa 0.3
91 1752 south 0.5 khmer 12.3, hoa 1.5
92 1252 south 1.0 khmer 1.5, hoa 0.9
93 729 south 0.3 khmer 2.7, hoa 0.6
94 1198 south 0.2 khmer 30.2, hoa 5
95 922 south 0.3 khmer 7.6, hoa 1.7
96 1208 south 0.2 khmer 2.2, hoa 0.5`

function province(line: string): ProvincePopulation {
  const [code = '', residents = '', region = '', attraction = '', ...rest] = line.split(' ')
  const others = rest.join(' ')
  const shares = [...others.matchAll(/ ([\d.]+)(?:,|$)/g)].map((match) => Number(match[1]))
  const kinh = 100 - shares.reduce((sum, share) => sum + share, 0)
  return {
    code,
    residents: Number(residents),
    region,
    attraction: Number(attraction),
    groups: `kinh ${kinh.toFixed(1)}, ${others}`,
  }
}

export const provinces: readonly ProvincePopulation[] = TABLE.trim().split('\n').map(province)
