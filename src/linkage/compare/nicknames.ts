import { type Packed, textOf } from './packed.ts'

/**
 * Given names that are short or other forms of each other, a group to a line, folded. Any two of a
 * group may be one person's; a name may be in several.
 */
const GROUPS = `
abigail abby gail
abraham abe bram ibrahim
adam addie
agnes aggie nessie inez ines
albert al bert bertie alberto
alexander alex alec al sandy xander sasha alasdair alistair alejandro alessandro aleksandr
alexandra alex sandra sandy lexi sasha alessandra alejandra
alfred alf fred alfie alfredo
alice allie alicia ally
allan alan allen al
amanda mandy
amelia millie amy emilia
andrew andy drew andreas andre andrea andrei anders
angela angie angelina
ann anne anna annie nan nancy hannah hanna anita
anthony tony antonio anton antoine
antoinette toni nettie
archibald archie
arthur art artie arturo
augustus gus august augustin
barbara barb babs barbra
bartholomew bart
beatrice bea trixie beatrix
benjamin ben benny benji
bernard bernie bernhard bernardo
bridget biddy bridie brigitte
caroline carol carrie lina carolina karoline
catherine katherine kathryn kate kathy cathy katie kitty kay cate catharine katharina karin karen
catherine kathleen caterina catalina ekaterina
cecilia cissy celia
charles charlie chuck chas chaz carl karl carlos carlo carol
charlotte lottie charlie
christian chris
christina christine chris tina christie kristina kristin
christopher chris kit topher kris cristobal christoph
clara claire clare
clarence clare
daniel dan danny daniele
david dave davy davey
deborah debra deb debbie
dennis denny denis
dominic dom nick
donald don donnie
dorothy dot dottie dolly dora dorothea
douglas doug
edmund ed ned ted eddie
edward ed eddie ted ned teddy eduardo eduard edouard
edwin ed eddie
eleanor nell nellie ellie nora elinor ellen leonora
elizabeth liz lizzie beth betty betsy eliza elsie libby bess bessie lisa elisabeth elise isabel
elizabeth lilian lisbeth elisa
emily em emmy millie emilie
emma em emmy
ernest ernie ernst ernesto
esther essie hester ester
eugene gene
evelyn eve evie
ferdinand ferdie fernando
florence flo flossie florrie
frances fran fanny francesca franny francoise
francis frank fran francisco francesco francois franz
franklin frank
frederick fred freddie fritz friedrich frederic federico
gabriel gabe
geoffrey geoff jeff jeffrey
george georgie jorge georg giorgio georges
gerald gerry jerry gerard
gertrude gertie trudy
giles gilles
gilbert gil bert
gregory greg gregor
gwendolyn gwen
harold harry hal
harriet hattie harriett
helen nell nellie ellen helena elena helene lena
henrietta hetty etta
henry harry hank hal heinrich henri enrique enrico
herbert herb bert
horace horatio
hubert bert
hugh hughie hugo
isaac ike izzy isaak
isabella isabel bella izzy belle isobel
jacob jake jakob jacques
jacqueline jackie
james jim jimmy jamie jem jaime diego giacomo
jane janie jenny jean janet jeanne juana giovanna
janet jan jenny
jean jeanne jeannie
jennifer jen jenny
jeremiah jerry
jeremy jerry jem
jerome jerry
jessica jess jessie
joan joanna jo joanne johanna
john jack johnny jon jock juan jean johann giovanni ivan johannes hans jan ian sean johnnie
jonathan jon jonny
joseph joe joey jose giuseppe josef
josephine jo josie josefina
joshua josh
judith judy jude
julia julie juliet julian
katherine kathryn kate kathy katie kitty kay
kenneth ken kenny
laura laurie lori laurel
lawrence larry laurie lawrie laurence lorenzo lars
leonard leo len lenny leonardo
leopold leo
lewis louis lou lew luis luigi ludwig
lillian lily lil lilian
louisa louise lou luise luisa
lucas luke luc
lucy lucille lucia
lydia liddy
madeline maddy madeleine magdalena
margaret maggie meg peggy madge marge margie greta margarita marguerite rita daisy margery gretchen
maria mary marie maryam mariam miriam mia marija
mark marcus marco marc marcos
martha marty patty mattie
martin marty martino
mary molly polly may mae mamie minnie mollie
matilda tilly mattie tillie mathilde
matthew matt mat matthias mateo matteo mathieu
maurice morris moritz mauricio
maximilian max
melissa mel lissa missy
michael mike mick micky mickey miguel michel michele mikhail
mildred millie
nathaniel nat nate nathan nathanael
nicholas nick nicky nico nicolas nikolaus klaus nikolai nicola
olivia liv ollie
oliver ollie noll
oswald ozzie oz
pamela pam
patricia pat patty tricia patsy trish
patrick pat paddy rick
paul pablo paolo pavel
penelope penny
peter pete pedro pietro pierre piotr
philip phil phillip felipe filippo
phyllis phyl
rachel rae raquel
ralph rolf raoul
raymond ray raimund ramon
rebecca becky becca
reginald reg reggie
richard dick rick ricky rich richie ricardo riccardo
robert bob bobby rob robbie robin bert roberto rupert
roderick rod rory
roger rodger hodge
ronald ron ronnie
rosemary rose rosie
rose rosa rosie
roxanne roxy
rudolph rudy rolf rudolf
russell russ
ruth ruthie
samantha sam sammy
samuel sam sammy
sarah sally sadie sara
sebastian seb
sidney sid sydney
simon si simeon
sophia sophie sofia
stanley stan
stephanie steph stevie stefanie
stephen steve steven stevie stefan esteban stefano etienne
susan sue susie suzy susanna susannah suzanne
sylvester syl
sylvia silvia
theodora dora thea
theodore ted teddy theo teodoro
theresa terry tess tessa teresa therese
thomas tom tommy tomas tommaso
timothy tim timmy
ursula ulla
valerie val
victor vic viktor vittorio
victoria vicky vic tori viktoria
vincent vin vinnie vince vincenzo
violet vi
virginia ginny ginger
walter wally walt wat
wilfred wilf fred
wilhelmina mina minnie willa
william bill billy will willie willy liam wilhelm guillermo guglielmo guillaume
winifred winnie freda
zachary zach zack
`

const groupsOf = new Map<string, number[]>()
for (const [group, line] of GROUPS.trim().split('\n').entries()) {
  for (const name of line.split(' ')) {
    const groups = groupsOf.get(name)
    if (groups === undefined) groupsOf.set(name, [group])
    else groups.push(group)
  }
}

/** Groups a string may be in, a list to a string; few strings are in any. */
export interface Variants {
  /** By number of the string: 1 when it is a form of some name. */
  readonly hasForms: Uint8Array
  areForms(a: number, b: number): boolean
}

/** Which strings are forms of one name; worked out anew in each thread, as it is quick. */
export function variantsOf(packed: Packed): Variants {
  const hasForms = new Uint8Array(packed.count + 1)
  const groups = new Map<number, readonly number[]>()
  for (let code = 1; code <= packed.count; code++) {
    const found = groupsOf.get(textOf(packed, code))
    if (found === undefined) continue
    hasForms[code] = 1
    groups.set(code, found)
  }
  return {
    hasForms,
    areForms(a, b) {
      if (hasForms[a] === 0 || hasForms[b] === 0) return false
      const others = groups.get(b)
      return groups.get(a)?.some((group) => others?.includes(group)) ?? false
    },
  }
}
