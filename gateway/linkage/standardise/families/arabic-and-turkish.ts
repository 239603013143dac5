import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Arabic, Turkish, Persian, Somali and Hebrew names. They are given names and surnames alike, so these serve both.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const ARABIC_AND_TURKISH: NamesOfOrigin = {
  either: `
mohammed muhammad mohammad mohamed mohamad muhammed mohamud mahamed muhamed mohd muhd mhd md mohammod mehmet mamadou maxamed
ahmed ahmad ahmet ahmod ahmud achmed axmed ahmadi
mahmoud mahmood mahmud mehmood
hussain hussein husain husein husayn hossain hussien huseyin hossein xuseen hosen hosain hossen
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
`,
};
