import { describe, expect, it } from '@jest/globals';
import type { PersonName } from '../../../schemas/person.ts';
import { standardiseNames } from '../standardise/names.ts';
import { compareNames, type NameComparison } from './names.ts';

/**
 * Names of our own making, as two registers write one person, and as two people of one community bear them. Written as
 * given / family / middle, or as a full name where a register has one box.
 */
const ONE_PERSON = `
  Mohammed / Khan = Muhammad / Khan
  Mohammed / Khan = Mohamad / Kahn
  Siobhan / Byrne = Shivaun / Byrne
  Siobhán / O'Brien = Siobhan / OBrien
  Caoimhe / Walsh = Keeva / Walsh
  Saoirse / Kelly = Seersha / Kelly
  Tadhg / Murphy = Tighe / Murphy
  Seán / Ó Súilleabháin = Sean / O'Sullivan
  Pádraig / Mac Cárthaigh = Padraig / McCarthy
  Niamh / Ní Bhriain = Neve / O'Brien
  Krzysztof / Wójcik = Krzystof / Wojcik
  Łukasz / Wiśniewski = Lukasz / Wisniewski
  Paweł / Dąbrowski = Pawel / Dabrowski
  Małgorzata / Zielińska = Gosia / Zielinski
  Grzegorz / Brzęczyszczykiewicz = Gregory / Brzeczyszczykiewicz
  Wojciech / Kowalski = Wojtek / Kowalski
  Jerzy / Nowak = George / Nowak
  Stanisław / Mazur = Stan / Mazur
  Katarzyna / Lewandowska = Kasia / Lewandowski
  Ștefan / Popescu = Stefan / Popescu
  Ionuț / Ștefănescu = Ionut / Stefanescu
  Gheorghe / Munteanu = George / Munteanu
  Cătălin / Rusu = Catalin / Rusu
  Mihăiță / Popa = Mihaita / Popa
  Alexandru / Ionescu = Alex / Ionescu
  Vasile / Bălan = Vasile / Balan
  Constantin / Dumitrescu = Costel / Dumitrescu
  Răzvan / Țiriac = Razvan / Tiriac
  Yusuf / Abdi = Yousef / Abdi
  Abdirahman / Warsame = Abdurahman / Warsame
  Cabdi / Xasan = Abdi / Hassan
  Maxamed / Cali = Mohamed / Ali
  Faadumo / Faarax = Fadumo / Farah
  Ahmed / Al-Sayed = Ahmad / Alsayed
  Khaled / El Masri = Khalid / Al-Masri
  Omar / bin Laden Haddad = Umar / Haddad
  Abdul Rahman / Aziz = Abdulrahman / Aziz
  Abd al-Rahman / Aziz = Abdul Rahman / Aziz
  Jamal / Gaddafi = Gamal / Qaddafi
  Qasim / Youssef = Kassim / Yusuf
  محمد / خان = Mohammed / Khan
  أحمد / حسن = Ahmed / Hassan
  Дмитрий / Иванов = Dmitry / Ivanov
  Володимир / Шевченко = Volodymyr / Shevchenko
  Oleksandr / Kovalenko = Aleksandr / Kovalenko
  Юрий / Гагарин = Yuri / Gagarin
  Ivana / Petrova = Ivana / Petrov
  Γιώργος / Παπαδόπουλος = Giorgos / Papadopoulos
  Nguyễn / Văn An = Nguyen / Van An
  Chukwuemeka / Okafor = Emeka / Okafor
  Oluwaseun / Adeyemi = Seun / Adeyemi
  Oluwadamilola / Ogunleye = Damilola / Ogunleye
  Babatunde / Ọbáfẹ́mi = Tunde / Obafemi
  Kwabena / Mensah = Kobina / Mensah
  Kwadwo / Boateng = Kojo / Boateng
  Nkechinyere / Eze = Nkechi / Eze
  Chinedu / Nwankwo = Nedu / Nwankwo
  Ifeanyichukwu / Obi = Ifeanyi / Obi
  Temitope / Balogun = Tope / Balogun
  Ayodele / Bello = Ayo / Bello
  Mamadou / Diallo = Mamadu / Jallow
  Ousmane / Ceesay = Usman / Sesay
  Fatoumata / Bah = Fatou / Bah
  Harpreet Singh / Gill = Harpreet / Gill
  Gurpreet / Singh = Gurprit / Singh
  Jaswinder / Kaur / Sandhu = Jasvinder / Kaur
  Balwinder Singh / Dhillon = Balwindar / Dhillon
  Parminder / Sidhu = Parmindar / Sidhu
  Satinder / Bains = Satindar / Bains
  Lakshmi / Iyer = Laxmi / Iyer
  Suresh / Choudhary = Suresh / Chaudhry
  Sanjeev / Sharma = Sanjiv / Sharma
  Rajeev / Verma = Rajiv / Varma
  Vivek / Desai = Viveck / Desai
  Jignesh / Patel = Jigneshkumar / Patel
  Bhavesh / Patel = Bhaveshbhai / Patel
  Abdul / Hoque = Abdul / Haque
  Shamsul / Islam = Samsul / Islam
  Nazrul / Miah = Nozrul / Miah
  Rokeya / Begum = Rukeya / Begum
  Ayesha / Bibi = Aisha / Bibi
  Sajjad / Hussain = Sajad / Husain
  Zahid / Akhtar = Zaheed / Akhter
  Dafydd / ap Rhys = David / Rhys
  Siân / Llewellyn = Shan / Llewelyn
  Rhys / Griffiths = Reece / Griffith
  Ieuan / Prosser = Ieuan / Proser
  Llŷr / Gwynne = Llyr / Gwynn
  Hywel / Jones = Howell / Jones
  Catrin / Evans = Katrin / Evans
  Alasdair / MacLeod = Alistair / McLeod
  Mhairi / Mac Donald = Mairi / McDonald
  Eilidh / Mackay = Ailie / McKay
  Jermaine / St. John = Jermain / Saint John
  Delroy / Da Costa = Delroy / Dacosta
  Shanice / Smith-Jones = Shanice / Smith Jones
  Leroy / Williams-Brown = Leroy / Williams
  Ricardo / García Márquez = Ricardo / Garcia
  José / da Silva = Jose / Silva
  João / Ferreira = Joao / Ferreira
  Jürgen / Müller = Jurgen / Mueller
  Björn / Grönkjær = Bjorn / Gronkjaer
  Şükrü / Öztürk = Sukru / Ozturk
  Mehmet / Yılmaz = Mehmet / Yilmaz
  Hüseyin / Çelik = Huseyin / Celik
  Arjeta / Hoxha = Arjeta / Hodja
  Xhevdet / Gashi = Jevdet / Gashi
  Nguyen Van Minh = Minh Van Nguyen
  SMITH, John Paul = John / Smith
  Mr John Smith = John / Smith
  Smith / John = John / Smith
  Li / Wei = Wei / Li
  Chan / Tai Man = Tai Man / Chan
  Ramazan / Demir = Ramadan / Demir
  Emine / Kaya = Amina / Kaya
  Elizabeth / Bishop = Lizzie / Bishop
  Margaret / Bishop = Peggy / Bishop
  William / Bishop = Bill / Bishop
  Alexander / Bishop = Sandy / Bishop
  Steven / Clark = Stephen / Clarke
  Geoffrey / Philips = Jeff / Phillips
  Catherine / Reid = Kathryn / Read
  Graeme / Thomson = Graham / Thompson
`;

/** Brothers, sisters, twins and cousins, named as families name them: alike. */
const TWO_PEOPLE = `
  Arun / Patel ≠ Arjun / Patel
  Sanjay / Patel ≠ Sanjeev / Patel
  Amir / Khan ≠ Amar / Khan
  Ahmed / Khan ≠ Hamid / Khan
  Hassan / Ali ≠ Hussain / Ali
  Mohammed / Khan / Ali ≠ Mohammed / Khan / Umar
  Bilal / Khan ≠ Billah / Shah
  Imran / Khan ≠ Irfan / Khan
  Harpreet / Singh ≠ Harjit / Singh
  Gurpreet / Singh ≠ Gurdeep / Singh
  Jaspreet / Singh ≠ Jasdeep / Singh
  Jaswinder / Kaur ≠ Balwinder / Kaur
  Mandeep / Gill ≠ Sandeep / Gill
  Rajesh / Sharma ≠ Rakesh / Sharma
  Suresh / Sharma ≠ Ramesh / Sharma
  Kevin / Smith ≠ Kelvin / Smith
  Daniel / Smith ≠ Danielle / Smith
  Michael / Smith ≠ Michaela / Smith
  Paul / Smith ≠ Paula / Smith
  Mario / Rossi ≠ Maria / Rossi
  Jayden / Brown ≠ Hayden / Brown
  Aidan / Byrne ≠ Jordan / Byrne
  Liam / Murphy ≠ Luke / Murphy
  Conor / Murphy ≠ Cormac / Murphy
  Ciaran / Kelly ≠ Cian / Kelly
  Niall / Kelly ≠ Neil / Kelso
  Eoin / Ryan ≠ Eamon / Ryan
  Orla / Ryan ≠ Oona / Ryan
  Piotr / Nowak ≠ Paweł / Nowak
  Marcin / Nowak ≠ Marek / Nowak
  Mateusz / Nowak ≠ Mariusz / Nowak
  Tomasz / Nowak ≠ Tadeusz / Nowak
  Jan / Nowak ≠ Janusz / Nowak
  Dariusz / Nowak ≠ Mariusz / Nowak
  Andrei / Popa ≠ Adrian / Popa
  Ion / Popa ≠ Ionel / Popa
  Marian / Rusu ≠ Marin / Rusu
  Florin / Rusu ≠ Sorin / Rusu
  Emeka / Okafor ≠ Ikenna / Okafor
  Chidi / Obi ≠ Chike / Obi
  Kwame / Mensah ≠ Kwaku / Mensah
  Kofi / Mensah ≠ Kojo / Mensah
  Kwabena / Osei ≠ Kwadwo / Osei
  Segun / Bello ≠ Femi / Bello
  Tunde / Bello ≠ Dele / Bello
  Rhys / Jones ≠ Rhodri / Jones
  Gareth / Jones ≠ Gethin / Jones
  Ieuan / Evans ≠ Iolo / Evans
  Dylan / Davies ≠ Dyfan / Davies
  Hamish / Scott ≠ Angus / Scott
  Ewan / Scott ≠ Evan / Scott
  Delroy / Grant ≠ Leroy / Grant
  Tyrone / Grant ≠ Tyrell / Grant
  Winston / Grant ≠ Weston / Grant
  Abdi / Farah ≠ Abdullahi / Farah
  Omar / Hassan ≠ Ammar / Hassan
  Yusuf / Ali ≠ Yunus / Ali
  Khalid / Aziz ≠ Walid / Aziz
  Samir / Aziz ≠ Amir / Aziz
  Nabil / Aziz ≠ Nadir / Aziz
  Fatima / Begum ≠ Fatou / Begum
  Nasreen / Begum ≠ Nasima / Begum
  Shahid / Miah ≠ Rashid / Miah
  Abdul / Miah / Karim ≠ Abdul / Miah / Rahim
  Syed / Ahmed / Ali ≠ Syed / Ahmed / Hasan
  Minh / Nguyen ≠ Linh / Nguyen
  Van / Tran ≠ Anh / Tran
  Wei / Chen ≠ Jun / Chen
  Joan / Smith ≠ John / Smith
  Marie / Smith ≠ Mary / Smyth
  Robert / Hall ≠ Robin / Hall
  Eric / Moore ≠ Erin / Moore
  Carl / Moore ≠ Carly / Moore
  Christian / Wood ≠ Christine / Wood
  Stephen / Wood ≠ Stephanie / Wood
`;

function nameOf(text: string): PersonName {
  const [given = '', family, middle] = text.split(' / ').map((part) => part.trim());
  if (family === undefined) return { full: given };
  return { given, family, ...(middle === undefined ? {} : { middle }) };
}

const pairsOf = (table: string, between: string): readonly (readonly [string, string])[] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(between))
    .map(([a = '', b = '']) => [a.trim(), b.trim()] as const);

const compare = (a: string, b: string): NameComparison | undefined =>
  compareNames(standardiseNames([nameOf(a)]), standardiseNames([nameOf(b)]));

describe('one name in two registers', () => {
  it.each(pairsOf(ONE_PERSON, ' = '))('%s is %s', (a, b) => {
    expect(compare(a, b)).toMatchObject({ first: 'agrees', surnameAgrees: true });
    expect(compare(b, a)).toEqual(compare(a, b));
  });
});

describe('P5: two names, however alike', () => {
  it.each(pairsOf(TWO_PEOPLE, ' ≠ '))('P5: %s is not %s', (a, b) => {
    const compared = compare(a, b);
    expect([compared?.first, compared?.surnameAgrees]).not.toEqual(['agrees', true]);
    expect(compare(b, a)).toEqual(compared);
  });
});
