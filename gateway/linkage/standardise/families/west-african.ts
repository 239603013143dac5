import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Yoruba, Igbo, Akan and Mande names, whole and as their bearers shorten them.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const WEST_AFRICAN: NamesOfOrigin = {
  given: `
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
`,
  surnames: `
okafor okafour
adeyemi adeyemo
mensah mensa
boateng boatin
diallo jallow
bah ba
ceesay sesay cissay
`,
};
