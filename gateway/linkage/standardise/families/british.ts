import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Short forms and spellings of names in use in England and the Lowlands of Scotland.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const BRITISH: NamesOfOrigin = {
  given: `
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
`,
  surnames: `
smith smyth smythe
brown browne
clark clarke
read reid reed
stephens stevens
stephenson stevenson
thompson thomson tompson
phillips philips phillip
matthews mathews
johnson johnston johnstone
pierce pearce
lawrence laurence
allen allan alan
`,
};
