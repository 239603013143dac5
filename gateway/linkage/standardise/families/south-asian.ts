import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Indian, Pakistani and Bangladeshi names as registers spell them.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const SOUTH_ASIAN: NamesOfOrigin = {
  given: `
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
`,
  surnames: `
verma varma
mukherjee mukherji
banerjee banerji
chatterjee chatterji
dhillon dhilon
sandhu sandu
sidhu sidu
gill ghill
sharma sarma
das dass
`,
};
