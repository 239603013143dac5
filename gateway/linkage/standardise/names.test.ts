import { describe, expect, it } from '@jest/globals';
import type { PersonName } from '../../../schemas/person.ts';
import { compareNames } from '../compare/names.ts';
import { romaniseIndic } from './indic.ts';
import { standardiseNames } from './names.ts';
import type { StandardName } from './standard-person.ts';

/** Written as given / family / middle, or as a full name where a register has one box. */
function nameOf(text: string): PersonName {
  const [given = '', family, middle] = text.split(' / ');
  if (family === undefined) return { full: given };
  return {
    ...(given === '' ? {} : { given }),
    ...(family === '' ? {} : { family }),
    ...(middle === undefined ? {} : { middle }),
  };
}

const read = (text: string): StandardName | undefined => standardiseNames([nameOf(text)])[0];
const said = (text: string): string => {
  const name = read(text);
  return name === undefined ? 'no name' : [name.first, ...name.middle, '/', name.last].join(' ').trim();
};

describe('any script comes out as Latin, spelt as its bearers spell it', () => {
  it.each([
    ['Дмитрий / Иванов', 'dmitriy / ivanov'],
    ['Олександр / Щербаков', 'oleksandr / shcherbakov'],
    ['Γεώργιος / Παπαδόπουλος', 'georgios / papadopoulos'],
    ['Ευάγγελος / Μπακογιάννης', 'evangelos / bakogiannis'],
    ['عبد الرحمن / السيد', 'abdul rhmn / alsyd'],
    ['דוד / כהן', 'dvd / khn'],
    ['मोहम्मद / खान', 'mohammad / khan'],
    ['राजेश / शर्मा', 'rajesh / sharma'],
    ['ਗੁਰਪ੍ਰੀਤ / ਸਿੰਘ', 'gurprit / singh'],
    ['মোহাম্মদ / রহমান', 'mohammad / rahman'],
    ['முருகன் / செல்வம்', 'murugan / selvam'],
    ['లక్ష్మి / రెడ్డి', 'lakshmi / reddi'],
    ['伟 / 王', 'wei / wang'],
    ['王小明', 'xiaoming / wang'],
    ['欧阳小明', 'xiaoming / ouyang'],
    ['민준 / 김', 'minjun / kim'],
    ['김민준', 'minjun / kim'],
    ['Nguyễn Thị / Hương', 'nguyen thi / huong'],
    ['Łukasz / Błaszczykowski', 'lukasz / blaszczykowski'],
    ['Işıl / YILDIZ', 'isil / yildiz'],
    ['İbrahim / ŞAHİN', 'ibrahim / sahin'],
    ['Seán / Ó Súilleabháin', 'sean / osuilleabhain'],
    ['Siân / Llŷr', 'sian / llyr'],
    ['Ştefan / Ţurcanu', 'stefan / turcanu'],
    ['Straße / Groß', 'strasse / gross'],
    ['ＪＯＨＮ / ＳＭＩＴＨ', 'john / smith'],
  ])('%s', (text, expected) => expect(said(text)).toBe(expected));

  it.each([
    ['عبد الرحمن / السيد', 'Abdul Rahman / Al-Sayed'],
    ['محمد / حسين', 'Mohammed / Hussain'],
    ['דוד / כהן', 'David / Cohen'],
    ['ਗੁਰਪ੍ਰੀਤ / ਸਿੰਘ', 'Gurpreet / Singh'],
    ['রহিম / হোসেন', 'Rahim / Hossain'],
    ['Γιώργος / Νικολάου', 'George / Nikolaou'],
    ['김민준', 'Minjun / Kim'],
  ])('%s is %s', (one, other) => {
    const compared = compareNames(standardiseNames([nameOf(one)]), standardiseNames([nameOf(other)]));
    expect(compared).toMatchObject({ first: 'agrees', surnameAgrees: true });
  });

  it('vowels that Indian scripts leave unwritten stand where they are spoken', () => {
    const written = 'कमल अनिल विक्रम लक्ष्मी रिज़वान ইসলাম ਹਰਪ੍ਰੀਤ லக்ஷ்மி सुरेश';
    expect(romaniseIndic(written)).toBe('kamal anil vikram lakshmi rizvan islam harprit lakshmi suresh');
  });
});

describe('apostrophes, hyphens and what nobody sees', () => {
  it.each(["'", '’', '‘', 'ʼ', '`', '´', '＇', '‛', '′', 'ʹ', 'ʻ', '՚'])('O%sBrien is one word', (mark) => {
    expect(said(`Sean / O${mark}Brien`)).toBe('sean / obrien');
  });
  it.each(['-', '‐', '‑', '–', '—', '−', ' ', '/', ' & ', '\u00a0'])('Smith%sJones is a double surname', (mark) => {
    expect(read(`Jean / Smith${mark}Jones`)?.lastWords).toEqual(['smith', 'jones']);
  });
  it.each(['Jo\u200bhn / Sm\u200dith', '\u202bJohn\u202c / Smith', 'J\u0301ohn / Smi\u00adth', 'J0hn / Smith2'])(
    '%j is John Smith',
    (text) => expect(said(text)).toBe('john / smith'),
  );
});

describe('titles, honours and names said besides are no part of a name', () => {
  it.each([
    ['MR. JOHN / SMITH', 'john / smith'],
    ['Rev. Canon John Smith', 'john / smith'],
    ['The Rev John Smith', 'john / smith'],
    ['PC John Smith', 'john / smith'],
    ['Fr. Patrick / Byrne', 'patrick / byrne'],
    ['Sr Mary / Byrne', 'mary / byrne'],
    ['Sgt John / Smith', 'john / smith'],
    ['Mr & Mrs / Smith', '/ smith'],
    ['John / Smith MBE', 'john / smith'],
    ['John / Smith (deceased)', 'john / smith'],
    ['Darren (Dazza) / Smith', 'darren / smith'],
    ['Darren “Dazza” Lee / Smith', 'darren lee / smith'],
    ['(Darren) / Smith', 'darren / smith'],
    ['Darren a.k.a. Dazza / Smith', 'darren / smith'],
    ['Darren / Smith f.k.a. Jones', 'darren / smith'],
    ['Ann / Smith (née Jones)', 'ann / smith'],
  ])('%s', (text, expected) => expect(said(text)).toBe(expected));

  it.each([
    ['JP Smith', 'jp / smith'],
    ['PC / Smith', 'pc / smith'],
    ['The Anh / Nguyen', 'the anh / nguyen'],
    ['Di / Wei', 'di / wei'],
    ['Bishop', '/ bishop'],
    ['Sheikh / Khan', 'sheikh / khan'],
    ['John / Canon', 'john / canon'],
  ])('but %s is a name', (text, expected) => expect(said(text)).toBe(expected));

  it.each([
    ['Haji Mohammed / Khan', 'Mohammed / Khan'],
    ['Al-Haj Yusuf / Ali', 'Yusuf / Ali'],
    ['Hafiz Yusuf / Ali', 'Yusuf / Ali'],
    ['Sheikh Yusuf / Ali', 'Yusuf / Ali'],
    ['Maulana Yusuf / Ali', 'Yusuf / Ali'],
  ])('%s is %s, whom the title honours', (one, other) => {
    const compared = compareNames(standardiseNames([nameOf(one)]), standardiseNames([nameOf(other)]));
    expect(compared).toMatchObject({ first: 'agrees', surnameAgrees: true });
  });
});

describe('P5: what says that there is no name is none', () => {
  it.each([
    'NOT ENTERED / NOT ENTERED',
    'Not Known / N/K',
    'TEST / TEST',
    'TEST PATIENT',
    'ZZZTEST / ZZZTEST',
    'Forename / Surname',
    'First Name / Last Name',
    'A N / Other',
    'A.N. Other',
    'No / Name',
    'The Occupier',
    'RESTRICTED / RESTRICTED',
    'Unknown Male 2 / UNKNOWN',
    'Baby of Tracy Smith',
    'MIG_ERROR_ / DUPLICATE_',
    'LNU',
    '😀 / ---',
  ])('%s', (text) => expect(said(text)).toBe('no name'));

  it.each([
    'UNKNOWN / Smith',
    'BABY OF TRACY / Smith',
    'Twin 2 / Smith',
    'TWIN II / Smith',
    'Twin Two / Smith',
    'Unborn Baby / Smith',
    'AKA Dazza / Smith',
    'XXTESTPATIENT / Smith',
    'DO NOT USE / Smith',
    'MERGED / Smith',
    'FNU / Smith',
    'XXXX / Smith',
    'Ex Partner / Smith',
    'Ex-wife of John / Smith',
    'UNKNOWN Smith',
    '? / Smith',
  ])('of %s the surname is left', (text) => expect(said(text)).toBe('/ smith'));

  it.each([
    'MIG_ERROR_John / Smith',
    'NO_SHOW_John / Smith',
    'DUPLICATE John / Smith',
    'DO NOT USE John / DUPLICATE_Smith',
  ])('what a migration put before is taken off: %s', (text) => expect(said(text)).toBe('john / smith'));

  it('a whole name of which the surname is not known keeps the first', () =>
    expect(said('John UNKNOWN')).toBe('john /'));

  it.each(['Aa / Oo', 'No / Duk', 'Rose / Tester', 'Patient / Mbala', 'Van / Do'])('but %s are names', (text) => {
    expect(said(text)).toBe(text.toLowerCase());
  });
});

describe('a whole name is parted where its writer parted it', () => {
  it.each([
    ['SMITH, John Paul', 'john paul / smith'],
    ['SMITH,JOHN', 'john / smith'],
    ['Smith, Mr John', 'john / smith'],
    ['Smith; John', 'john / smith'],
    ['SMITH John', 'john / smith'],
    ['O’BRIEN Sean Patrick', 'sean patrick / obrien'],
    ['DE LA CRUZ Maria', 'maria / delacruz'],
    ['MR John Smith', 'john / smith'],
    ['JOHN SMITH', 'john / smith'],
    ['van der Berg, Jan', 'jan / vanderberg'],
    ['Jan van der Berg', 'jan / vanderberg'],
    ['Juan Carlos de los Santos', 'juan carlos / delossantos'],
    ['Omar ibn Al-Khattab', 'omar / ibnalkhattab'],
    ['Gruffydd ap Llywelyn', 'gruffydd / apllywelyn'],
    ['Sean Mac Carthaigh', 'sean / maccarthaigh'],
    ['Charles St John', 'charles / stjohn'],
    ['Marco D Angelo', 'marco / dangelo'],
  ])('%s', (text, expected) => expect(said(text)).toBe(expected));
});

describe('P5: two forms of one surname meet, two surnames do not', () => {
  const meet = (one: string, other: string): boolean =>
    compareNames(standardiseNames([nameOf(`John / ${one}`)]), standardiseNames([nameOf(`John / ${other}`)]))
      ?.surnameAgrees === true;

  it.each([
    ['MacInnes', 'McInnes'],
    ['Mac Aulay', 'McAulay'],
    ['MacArthur', 'Mc Arthur'],
    ["O'Leary", 'Leary'],
    ["O'Mahony", 'Mahoney'],
    ["O'Shea", 'O Shea'],
    ['van der Berg', 'Berg'],
    ['de los Santos', 'Santos'],
    ['al-Sayed', 'Sayed'],
    ['bin Hassan', 'Hassan'],
    ['ap Rhys', 'Rhys'],
    ['Abu Bakar', 'Bakar'],
    ['Saint John', 'St. John'],
  ])('%s is %s', (one, other) => expect([meet(one, other), meet(other, one)]).toEqual([true, true]));

  it.each([
    ["O'Hare", 'Hare'],
    ["O'Day", 'Day'],
    ['Mack', 'McKay'],
    ['Mace', 'McEwan'],
    ['Macey', 'McKay'],
    ['Oliver', 'Liver'],
    ['Owen', 'Wenn'],
    ['McDonald', "O'Donald"],
    ['Mann', 'MacMann'],
    ['Vance', 'van Ess'],
  ])('%s is not %s', (one, other) => expect([meet(one, other), meet(other, one)]).toEqual([false, false]));
});
