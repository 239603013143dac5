import { consonants } from './latin.ts';

/**
 * Spellings and short forms that are one name to the people who bear it. Selected by us from general knowledge of
 * names in use in England and Wales, for one purpose: a record must not be lost because a clerk heard "Shivaun" and
 * another read "Siobhan". Rules of selection: (1) a family joins forms that one person is commonly recorded under,
 * not names that share an origin (Jack and Jacob are two names); (2) short forms of two names (Alex, Sam, Chris)
 * stand in both families; (3) when in doubt, left out, because a family makes two brothers look alike. Membership
 * only ever gives the weight of a variant, never that of an exact name.
 */
const GIVEN = `
# short forms, Britain
william will bill billy willie liam
robert rob bob bobby robbie bert
richard rich rick ricky dick richie
james jim jimmy jamie jimmie
john jon johnny jack johnnie
jonathan jon jonny jonathon johnathan
thomas tom tommy thom tomas
michael mike mick micky mikey micheal
david dave davey davy dafydd dai dewi
daniel dan danny daniyal
stephen steven steve stevie stefan stephan szczepan
andrew andy drew
anthony tony antony ant
christopher chris kris topher kristopher
matthew matt matty mathew
joseph joe joey jo
edward ed eddie ted teddy ned
charles charlie chas chuck charley
nicholas nick nicky nicolas nikolas
peter pete
paul paulie
philip phil phillip
patrick pat paddy padraig padraic
gregory greg gregg
geoffrey jeffrey geoff jeff
jeremy jerry jez
gerald gerry jerry gerard
kenneth ken kenny
ronald ron ronnie
raymond ray
donald don donny
douglas doug dougie
leonard len lenny
lawrence laurence larry laurie lawrie
timothy tim timmy
terence terry terrence terrance
samuel sam sammy
benjamin ben benny benji
alexander alex al sandy alec alasdair alistair alastair alister aleksander
alan allan allen al
albert bert al bertie
frederick fred freddie freddy frederic
francis frank frankie fran
george georgie
henry harry hal
harold harry
joshua josh
zachary zach zac zak zack
nathan nate nathaniel
dominic dom dominick
vincent vince vinny vinnie
victor vic
martin marty
malcolm malc
maurice mo morris
stuart stewart stu
graham graeme grahame
brian bryan
neil neal niall
sean shaun shawn shane
ian iain
mark marc marcus
eric erik
karl carl
jason jay
dean deano
lee leigh
gavin gav
craig craigy
darren daz darryn
gary garry gaz
barry baz barrie
wayne wain
lewis louis luis lou
luke lucas
max maxwell maximilian
jake jacob
toby tobias
oliver ollie olly
elizabeth liz lizzie beth betty eliza lisa libby elisabeth bess
margaret maggie meg peggy peggie madge marge
catherine katherine kathryn cathy kathy kate katie katy cath kath catharine
susan sue susie suzanne suzy susanne
patricia pat trish tricia patsy
jennifer jen jenny jenni
deborah debbie debra deb debora
barbara barb babs
christine chris chrissie christina tina kristina
victoria vicky vicki vikki tori
rebecca becky becca bex rebekah
jacqueline jackie jacqui jacquie
sandra sandy
pamela pam
alexandra alex sandra alexa
samantha sam sammy
stephanie steph stefanie
nicola nicky nikki nicki nichola
josephine jo josie
joanne jo joanna joann jojo
amanda mandy
angela angie ange
kimberley kim kimberly
theresa teresa terry tess tracey
tracey tracy
ann anne annie anna
hannah hanna
helen helena
sarah sara sally
emma em emmy
charlotte lottie charlie
abigail abi abbie abby gail
natalie nat nathalie natalia
michelle shell michele
lesley leslie les
gillian gill jill jillian
valerie val
dorothy dot dotty
eleanor ellie nell elinor eleanora
isabel isabelle isabella bella izzy isobel
zoe zoey
lauren loren
geraldine gerry
hayley hailey haley haylee
lindsay lindsey linsey
leanne leann lianne leeanne
jodie jody jodi
kerry kerrie kerri
carly carley karly carlie
rachel rachael
nicole nichole nikole
kirsty kirstie kirsti
stacey stacy stacie
gemma jemma
ashleigh ashley ashlee
kayleigh kayley kaylee
philippa phillipa pippa
jayden jaden jaiden
aiden aidan ayden
callum calum
aaron arron aron
damian damien damon
elliot elliott eliot eliott
isaac issac
jamie jaime
darrell darryl daryl darrel
glen glenn
martyn martin
denis dennis
cheryl sheryl cheryll
diane dianne diana
lynn lynne lyn linn
marian marion
caitlin kaitlin katelyn kaitlyn caitlyn
megan meghan meagan
chelsea chelsie chelsey
courtney courteney
molly mollie
holly hollie
lily lilly lillie
amy aimee amie
emily emilie emmy
keeley keely keeleigh
kelly kellie kelley
jayne jane
kathleen cathleen
lorraine loraine
sheila shelagh
sylvia silvia
natasha natascha tasha
georgina georgia
ellie elly
abby abbey
tegan teagan
phoebe phebe
zara zahra
# Irish and Scottish Gaelic
saoirse seersha sorsha
eamon eamonn eamon
fergal fearghal
kevin caoimhin
donnacha donncha donagh
una oonagh oona
finlay finley fionnlagh
catriona caitriona katrina
eilidh ailie
siobhan shivaun shevaun chevonne siobhain
sinead shinead
niamh neve nieve neev
aoife eefa
caoimhe keeva kiva queeva
roisin rosheen
aisling ashling aislinn ashlynn
grainne grania granya
ciara kiera kira keira
orla orlagh orlaith
mairead maread
oisin osheen
eoin owen eoghan ewan euan
cian kian keane
ciaran kieran keiran kieron
diarmuid dermot diarmaid
cathal cahal
conor connor conner
padraig padraic patrick podge
seamus shamus
tadhg teague tighe
fionn finn
hamish seumas
ruaridh rory ruairi ruari
mhairi vari mairi
eilidh ailey
# Welsh
hywel howel howell
catrin katrin
aneirin aneurin
rhian rhiain
tomos thomas tomas
gwilym gwil
ieuan iwan ifan evan ioan
rhys reece rhis reese
llewelyn llywelyn lew
sian sharn shan
geraint gerant
huw hugh hew
owain owen
gethin gethyn
bronwen bronwyn
angharad anharad
emyr emir
# Polish and Eastern European
jerzy george jurek
stanislaw stan staszek
feliks felix
mariusz marius
krystian cristian christian
krystyna cristina christina
klaudia claudia
kornel cornel
irina iryna irena
petru petr petro petre peter
sebastian sebastien
svetlana svitlana
waclaw vaclav
victor viktor wiktor
victoria viktoria wiktoria
vitalii vitaly vitaliy
witold vitold
wladyslaw vladislav
miroslaw miroslav mirek
weronika veronica
jozef joseph josef
daria darya
constantin costel costica
andrzej andrew jedrzej andrej andre
jan janek
piotr peter pyotr
pawel paul pavel
krzysztof krzys chris christopher kristof kris
tomasz tomek thomas
michal michael
wojciech wojtek vojtek voytek
grzegorz gregory grzesiek
jakub kuba jacob
lukasz luke
marcin martin
mateusz matthew
maciej maciek
rafal raphael
zbigniew zbyszek
magdalena magda
alexandru alexander alex
mihai michael mihail
stefan stephen stephan steven
nicolae nicholas nicu
ionut ion john
ioana joanna
katarzyna kasia catherine katarina
malgorzata gosia margaret gocha
agnieszka aga agnes
joanna asia
aleksandra ola alexandra ala
elzbieta ela elizabeth
ewa eva
zofia zosia sophia
stanislaw staszek
zbigniew zbyszek
slawomir slawek
jaroslaw jarek
dariusz darek
tadeusz tadek
sergei sergey serhiy sergiy
dmitri dmitry dmitriy dmytro dima
mikhail mykhailo misha
aleksandr oleksandr alexander sasha
volodymyr vladimir vova
andriy andrei andrey
yuri yuriy iurii
ionut ion
gheorghe george georghe gica
# South Asian
sanjeev sanjiv
rajeev rajiv
satinder satindar
parminder parmindar
sukhvinder sukhwinder sukhvindar
davinder devinder
mahinder mohinder mahendra
gurdeep gurdip
gurmeet gurmit
sameena samina
shamsul samsul
nazrul nozrul
vivek viveck
rukhsana ruksana
harpreet harprit
gurpreet gurprit
manpreet manprit
jaspreet jasprit
sukhdeep sukhdip
kuldeep kuldip
sandeep sandip
mandeep mandip
rajesh raj
rajinder rajindar rajender
surinder surindar surender
sanjay sanjai
vijay vijai
deepak dipak
balwinder balvinder balwindar
jaswinder jasvinder
harjit harjeet
manjit manjeet
paramjit paramjeet
ravinder ravindar raveendar
amit ameet
vikram vikrum
suresh suresh
suresh sures
mukesh mukhesh
krishna krishnan
lakshmi laxmi
priya pria
geeta gita
sunita suneeta
neelam nilam
# West African
jermaine jermain germaine
kwadwo kojo kwadjo cudjoe
temitope tope
temidayo dayo
nkechinyere nkechi
ifeanyichukwu ifeanyi
fatoumata fatou fatoumatta
kolawole kola
chiamaka amaka
yewande wande
oluwaseun seun
oluwatobi tobi
oluwadamilola damilola dami
oluwafemi femi olufemi
oluwakemi kemi
oluwatosin tosin
oluwaseyi seyi
babatunde tunde
olatunde tunde
olusegun segun
adebayo bayo
adewale wale
ayodele ayo dele
chukwuemeka emeka
chinonso nonso
chidi chidiebere
ikechukwu ike
nnamdi namdi
uchenna uche
obinna obi
kwame kwami kwamina
chinedu nedu
olumide mide
emmanuel manny emanuel immanuel
adebisi bisi
olayinka yinka
funmilayo funmi
folasade sade shade
yetunde yetty
abena abenaa
kwabena kobina
kofi coffie
kwaku kweku
yaw yao
ama amma
akosua esi
ousmane usman
mamadou mamadu
ibrahima ibrahim
`;

/** Arabic, Turkish, Persian and Hebrew names are given names and surnames alike, so these serve both. */
const EITHER = `
mohammed muhammad mohammad mohamed mohamad muhammed mohamud mahamed muhamed mohd muhd mhd md mohammod mehmet mamadou maxamed
ahmed ahmad ahmet ahmod ahmud achmed axmed ahmadi
mahmoud mahmood mahmud mehmood
hussain hussein husain husein husayn hossain hussien huseyin hossein xuseen
hassan hasan hasaan hassen xasan
ali aly alee cali
abdullah abdulla abdallah
abdulrahman abdurrahman abdirahman abdul abdel
abdirahman abdurahman
ibrahim ebrahim ibraheem ibraahim
yusuf yousef youssef yousuf yusef joseph youssouf
yacoub yaqub yakub yaqoob
ismail ismael esmail ismaeel
omar umar omer umer cumar
osman usman uthman othman cismaan
khalid khaled halid khaleed
tariq tarik tareq
rashid rasheed rashed
saeed said saeid sayed
syed sayed sayyid saiyed
iqbal eqbal
jamal gamal jamaal djamal
karim kareem abdulkarim
salim saleem
hamid hameed
majid majeed
waheed wahid
walid waleed
layla leila laila leyla
saleh salih saalax
abdi cabdi
hamza hamzah xamse
nabil nabeel
samir sameer
yassin yasin yaseen
sharif shareef sherif
nasser nasir naser
aziz azeez
bashir basheer bashiir
shabir shabbir
zubair zubayr zobair
shahid shaheed
adeel adil aadil
qasim kasim kassim qassim
mansour mansoor mansur
abdullahi cabdullaahi abdilahi
noor nuur
naveed navid
javed javaid jawed
faisal faysal feisal
bilal belal
imran emran
mustafa mostafa moustafa mustapha
suleiman sulaiman suleman soliman
aisha ayesha aysha aicha asha caasha
fatima fatma fatimah fatema fathima
khadija khadijah kadija
zainab zaynab zeinab zeynab zeynep zeenab
maryam mariam miriam meryem
yasmin yasmeen jasmin jasmine
nadia nadiya
noor nur nour
farooq faruk farouk farooque
haroon haruna harun
masood masoud masud
munir monir muneer
nadeem nadim
shakeel shakil
sohail suhail
younis yunus younes yunis
murad murat
kamal kemal
maher mahir
sabir saber
ayman aymen
ayaan ayan
huda hoda
hawa hawo
hiba hibo
amina aminah emine
ruqayya rukeya rokeya ruqaya
zahid zaheed
ramadan ramazan
iman eman
xhevdet jevdet cevdet
hoque haque haq huq
sheikh shaikh shaikhe
chaudhry choudhury chowdhury chaudhary choudhry chaudhri
begum begom begam
uddin uddeen udeen
miah mia meah
akhtar akter akhter
malik malek
qureshi quraishi koreshi
siddiqui siddique siddiqi
patel pattel
rahman rehman
mirza meerza
hersi hirsi
warsame warsama
farah farrah faarax faarah
`;

const SURNAMES = `
osullivan sullivan osuilleabhain suilleabhain nishuilleabhain
obrien brien obriain nibhriain
mccarthy maccarthy maccarthaigh niccharthaigh
oconnor oconchobhair
kelly okelly oceallaigh
walsh walshe breathnach
murphy omurchu
gallagher ogallchobhair
doherty odochartaigh
maguire macguidhir
duffy odubhthaigh
mcloughlin mclaughlin maclochlainn
fitzgerald macgearailt
kennedy ocinneide
verma varma
hoxha hodja
mukherjee mukherji
banerjee banerji
chatterjee chatterji
smith smyth smythe
brown browne
clark clarke
read reid reed
stephens stevens
stephenson stevenson
thompson thomson tompson
phillips philips phillip
davies davis davys
matthews mathews
macdonald mcdonald
mackenzie mckenzie
mackay mckay
mclean maclean
mcleod macleod
nicholson nicolson
johnson johnston johnstone
pierce pearce
lawrence laurence
allen allan alan
harris harries
hughes hewes
lewis louis
jenkins jenkyns
humphreys humphries
rees reece rhys
griffiths griffith
evans evan
connor oconnor conner
brien obrien
neill oneill oneil neil
reilly oreilly riley
sullivan osullivan
callaghan ocallaghan
keefe okeefe
donnell odonnell
kelly kelley
murphy murphey
byrne burn burns
gallagher gallacher gallaher
doherty docherty dougherty
maguire mcguire
okafor okafour
adeyemi adeyemo
mensah mensa
boateng boatin
diallo jallow
bah ba
ceesay sesay cissay
dhillon dhilon
sandhu sandu
sidhu sidu
gill ghill
sharma sarma
das dass
nguyen nguen
lee li leigh
wong huang
`;

type Families = ReadonlyMap<string, readonly number[]>;

function indexFamilies(lists: readonly string[]): Families {
  const index = new Map<string, number[]>();
  const lines = lists.flatMap((list) => list.split('\n')).filter((line) => line !== '' && !line.startsWith('#'));
  lines.forEach((line, family) => {
    for (const name of line.split(' ')) {
      const known = index.get(name);
      if (known === undefined) index.set(name, [family]);
      else known.push(family);
    }
  });
  return index;
}

/** Whether a first name stands in a family: it is a name that people bear. */
export const hasGivenFamily = (given: string): boolean => GIVEN_FAMILIES.has(given);

const GIVEN_FAMILIES = indexFamilies([GIVEN, EITHER]);
const SURNAME_FAMILIES = indexFamilies([SURNAMES, EITHER]);

function shareFamily(families: Families, a: string, b: string): boolean {
  const ofA = families.get(a);
  if (ofA === undefined) return false;
  const ofB = families.get(b);
  return ofB !== undefined && ofA.some((family) => ofB.includes(family));
}

/** The families that a given name, or a surname, stands in, as numbers; none for most. For whoever compares many. */
export const givenFamiliesOf = (given: string): readonly number[] => GIVEN_FAMILIES.get(given) ?? NO_FAMILY;
export const surnameFamiliesOf = (surname: string): readonly number[] => SURNAME_FAMILIES.get(surname) ?? NO_FAMILY;
const NO_FAMILY: readonly number[] = [];

/** Whether two different given names are forms of one. */
export const sameGivenFamily = (a: string, b: string): boolean => shareFamily(GIVEN_FAMILIES, a, b);

function initialsByFamily(families: Families): ReadonlyMap<number, string> {
  const initials = new Map<number, string>();
  for (const [name, ofName] of families) {
    for (const family of ofName) initials.set(family, (initials.get(family) ?? '') + name.charAt(0));
  }
  return initials;
}

const GIVEN_INITIALS = initialsByFamily(GIVEN_FAMILIES);

/** Whether a form of a given name begins with a letter: `B` may be a Robert who is called Bob. */
export const mayBeCalledBy = (initial: string, given: string): boolean =>
  givenFamiliesOf(given).some((family) => GIVEN_INITIALS.get(family)?.includes(initial) ?? false);

/** `Kowalska` is `Kowalski`'s sister's or wife's form of one surname, `Ivanova` that of `Ivanov`. */
export const withoutGender = (surname: string): string =>
  surname.replace(/(s|c|dz)ka$/, '$1ki').replace(/([oe])va$/, '$1v');

/** Whether two different surnames are forms of one. */
export const sameSurnameFamily = (a: string, b: string): boolean =>
  shareFamily(SURNAME_FAMILIES, a, b) || withoutGender(a) === withoutGender(b);

/** Whether two names have the same consonants: for a name whose script omitted the vowels. Two at least, or it says nothing. */
export function sameConsonants(a: string, b: string): boolean {
  const skeleton = consonants(a);
  return skeleton.length >= 2 && skeleton === consonants(b);
}
