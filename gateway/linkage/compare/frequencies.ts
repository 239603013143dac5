/**
 * How common names are among people living in England and Wales, per million, rounded to two figures. General
 * knowledge after the published statistics of the Office for National Statistics (baby names in England and Wales)
 * and the General Register Office and NHS Central Register (surname counts); approximate, and only their order of
 * magnitude matters: two people called David Smith are less of a coincidence than two called Ebenezer Tollemache.
 * The group says with which surnames a first name goes more often than chance would have it.
 */
const SURNAMES = `
smith 12000 | jones 9900 w | williams 7000 w | taylor 5600 | brown 5400 | davies 5100 w | evans 4100 w | wilson 3700
thomas 3700 w | johnson 3600 | roberts 3500 w | robinson 3000 | thompson 3000 | wright 3000 | walker 2900 | white 2800
edwards 2700 w | hughes 2700 w | green 2700 | hall 2600 | lewis 2600 w | harris 2500 | clarke 2400 | patel 2600 h
jackson 2300 | wood 2300 | turner 2300 | martin 2300 | cooper 2200 | hill 2200 | ward 2100 | morris 2100 | moore 2000
clark 2000 | lee 2000 | king 2000 | baker 1900 | harrison 1900 | morgan 1900 w | allen 1800 | james 1800 w | scott 1700
phillips 1600 w | watson 1600 | davis 1600 | parker 1600 | price 1500 w | bennett 1500 | young 1500 | griffiths 1500 w
mitchell 1400 | kelly 1400 | cook 1400 | carter 1400 | richardson 1300 | bailey 1300 | collins 1300 | bell 1300
shaw 1300 | murphy 1300 | miller 1300 | cox 1200 | richards 1200 w | khan 3500 m | marshall 1200 | anderson 1200
simpson 1200 | ellis 1100 | adams 1100 | singh 2400 s | begum 1600 m | wilkinson 1100 | foster 1100 | chapman 1000
powell 1000 w | webb 1000 | rogers 1000 | gray 1000 | mason 1000 | ali 2400 m | hunt 1000 | hussain 2600 m | campbell 1000
matthews 1000 | owen 1000 w | palmer 990 | holmes 990 | mills 980 | barnes 960 | knight 960 | lloyd 950 w | butler 940
russell 920 | barker 900 | fisher 900 | stevens 890 | jenkins 890 w | murray 880 | dixon 870 | harvey 870 | ahmed 2300 m
kaur 1900 s | shah 1200 m | akhtar 800 m | ahmad 500 m | mohammed 900 m | hassan 600 m | rahman 900 m | miah 800 m
islam 500 m | uddin 600 m | malik 600 m | iqbal 600 m | mahmood 600 m | chowdhury 400 m | choudhury 300 m | hussein 300 m
mohamed 500 m | abdi 250 m | bibi 700 m | kumar 400 h | sharma 350 h | gill 600 s | sandhu 200 s | obrien 700 | walsh 600
ryan 600 | oconnor 450 | kowalski 60 p | nowak 120 p | wisniewski 60 p | kaminski 40 p | lewandowski 40 p | wojcik 50 p
nguyen 200 | chan 350 | wong 250 | chen 250 | okafor 70 | mensah 120 | adeyemi 60 | popescu 120 | popa 150
`;

const GIVEN = `
david 18000 | john 16000 | michael 13000 | paul 13000 | james 13000 | andrew 11000 | peter 11000 | robert 10000
stephen 8500 | christopher 9000 | mark 9500 | richard 8000 | ian 6000 | william 7500 | thomas 9000 | daniel 8500
matthew 7500 | anthony 6500 | kevin 5500 | gary 5000 | steven 5500 | simon 5000 | martin 4800 | alan 5500 | colin 3800
jonathan 4000 | joseph 5000 | george 6000 | adam 4500 | benjamin 4500 | joshua 4500 | ryan 4200 | jack 5500 | luke 4000
liam 3200 | lee 3600 | jason 3500 | alexander 4300 | samuel 4300 | philip 3800 | nicholas 3300 | darren 3100 | craig 2900
stuart 2500 | neil 3400 | carl 2300 | wayne 2000 | dean 2100 | shaun 1900 | sean 1900 | jamie 2800 | aaron 2300
nathan 2300 | kyle 1700 | connor 2300 | callum 2600 | jordan 2700 | lewis 2500 | harry 4200 | charlie 2600 | oliver 3900
jake 2300 | scott 2500 | barry 2600 | brian 4600 | graham 3200 | keith 3200 | kenneth 3000 | raymond 2400 | roger 2200
terence 1700 | trevor 1900 | derek 1900 | dennis 1800 | ronald 1900 | edward 3500 | charles 2700 | patrick 2400
mohammed 7000 m | muhammad 5500 m | mohammad 2000 m | mohamed 1500 m | ahmed 1200 m | ali 1700 m | hassan 700 m
ibrahim 800 m | abdul 1300 m | syed 700 m | imran 500 m | omar 500 m | yusuf 600 m | hussain 300 m | tariq 300 m
gurpreet 250 s | harpreet 250 s | jaspreet 200 s | manpreet 200 s | sukhdeep 80 s | rajesh 200 h | sanjay 200 h
piotr 400 p | krzysztof 350 p | andrzej 300 p | tomasz 400 p | pawel 350 p | marcin 300 p | lukasz 250 p | adrian 1500
dafydd 300 w | rhys 900 w | gareth 1800 w | huw 350 w | owen 900 w | dylan 1700 w | margaret 7500 | susan 9500 | sarah 9500
elizabeth 6500 | patricia 6000 | mary 7000 | jean 4500 | christine 6500 | linda 5500 | karen 5500 | jacqueline 4500
julie 5500 | helen 5500 | nicola 4500 | claire 4800 | emma 6500 | rebecca 4800 | laura 4900 | jennifer 4500 | michelle 4300
amanda 4000 | joanne 4000 | deborah 4000 | lisa 3800 | samantha 3500 | rachel 3800 | louise 3600 | catherine 4000
charlotte 4500 | jessica 4800 | hannah 4200 | lauren 3600 | amy 3800 | sophie 4000 | chloe 3500 | emily 4300 | olivia 3300
victoria 3600 | katie 3300 | lucy 3600 | anna 2800 | jane 3800 | anne 4500 | ann 3800 | carol 3300 | sandra 3200 | tracey 3200
sharon 3300 | fatima 700 m | aisha 600 m | maryam 600 m | katarzyna 350 p | agnieszka 350 p | anna 2800 | siobhan 400
`;

interface Known {
  readonly share: number;
  readonly group: string;
}

function readTable(table: string): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const cell of table.split(/[|\n]/)) {
    const [name, perMillion, group = ''] = cell.trim().split(' ');
    if (name !== undefined && perMillion !== undefined) known.set(name, { share: Number(perMillion) / 1e6, group });
  }
  return known;
}

const surnames = readTable(SURNAMES);
const givenNames = readTable(GIVEN);

/** What a name off the table is taken to be: less common than the last of the table, never rare. */
const OTHER_SURNAME: Known = { share: 1e-4, group: '' };
const OTHER_GIVEN: Known = { share: 5e-4, group: '' };

/** How much more often a first name goes with a surname of its own community than two drawn apart would meet. */
const COMMUNITY_LIFT: Readonly<Record<string, number>> = { m: 10, s: 25, h: 15, p: 50, w: 1.5 };

/** Share of people with this surname, 0 to 1. */
export const surnameShare = (surname: string): number => (surnames.get(surname) ?? OTHER_SURNAME).share;

/** Share of people with this first name, 0 to 1; also used for middle names. */
export const givenNameShare = (given: string): number => (givenNames.get(given) ?? OTHER_GIVEN).share;

/** Share of people with this first name and surname together, 0 to 1. */
export function fullNameShare(given: string, surname: string): number {
  const first = givenNames.get(given) ?? OTHER_GIVEN;
  const last = surnames.get(surname) ?? OTHER_SURNAME;
  const lift = first.group !== '' && first.group === last.group ? (COMMUNITY_LIFT[first.group] ?? 1) : 1;
  return first.share * last.share * lift;
}

/**
 * Share of people at an ordinary postcode, and at one where many unrelated people live. About 1.8 million postcodes
 * serve the United Kingdom (ONS Postcode Directory); those of registers of offenders are fewer and fuller.
 */
export const HOME_POSTCODE_SHARE = 4e-6;
export const CROWDED_POSTCODE_SHARE = 5e-4;
