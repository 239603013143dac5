import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Welsh names and the English that stands for them.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const WELSH: NamesOfOrigin = {
  given: `
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
`,
  surnames: `
davies davis davys
harris harries
hughes hewes
lewis louis
jenkins jenkyns
humphreys humphries
rees reece rhys
griffiths griffith
evans evan
`,
};
