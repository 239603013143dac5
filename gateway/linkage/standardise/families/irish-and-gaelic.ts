import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Irish and Scottish Gaelic names, as they are spelt and as a clerk hears them; surnames with and without O, in Irish
 * and as a woman bears them.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const IRISH_AND_GAELIC: NamesOfOrigin = {
  given: `
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
`,
  surnames: `
obyrne byrne
ocarroll carroll
ocasey casey
odowd dowd
odriscoll driscoll
odwyer dwyer
ofarrell farrell
oflaherty flaherty
ogorman gorman
ogrady grady
ohagan hagan
ohalloran halloran
ohanlon hanlon
okane kane
oleary leary
omahony mahony mahoney omahoney
omalley malley
omeara meara
oregan regan
oriordan riordan
orourke rourke
oshea shea
otoole toole
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
macdonald mcdonald
mackenzie mckenzie
mackay mckay
mclean maclean
mcleod macleod
nicholson nicolson
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
`,
};
