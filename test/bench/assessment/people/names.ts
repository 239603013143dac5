/** Names by origin, commonest first; and the other spellings under which one name is met in registers. */
export interface Origin {
  readonly name: string;
  readonly share: number;
  readonly male: readonly string[];
  readonly female: readonly string[];
  readonly family: readonly string[];
}

const words = (text: string): readonly string[] => text.split(' ').map((word) => word.replaceAll('_', ' '));

export const ORIGINS: readonly Origin[] = [
  {
    name: 'english',
    share: 40,
    male: words(
      'David John Paul James Mark Michael Andrew Daniel Christopher Stephen Matthew Lee Richard Jason Robert Anthony Thomas Gary Darren Kevin Craig Simon Adam Ryan Ben Joshua Luke Jack Liam Scott Dean Carl Stuart Wayne Nathan Callum Kieran Jordan Ashley Shane Nigel Gavin Barry Terry Dale Tyrone Reece Bradley Connor Kyle',
    ),
    female: words(
      'Sarah Emma Laura Rebecca Claire Nicola Lisa Karen Samantha Amy Kelly Rachel Victoria Jennifer Michelle Joanne Gemma Charlotte Katie Hannah Jessica Leanne Stacey Kirsty Natalie Donna Tracey Zoe Lauren Chloe Hayley Debbie Jade Kerry Abigail Bethany Danielle Holly Lucy Amanda',
    ),
    family: words(
      'Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Walker White Roberts Green Hall Wood Jackson Clarke Clark Harris Lewis Turner Hill Cooper Ward Moore Baker Harrison King Morris Allen Parker Cook Bennett Shaw Carter Bailey Watson Mitchell Webb Holmes Pearson Barker Fletcher Dixon Chapman Hobbs Tranter Wragg Pickersgill Ollerenshaw Titchmarsh Cheetham Entwistle Postlethwaite Haddock Birtwhistle Sugden Threlfall',
    ),
  },
  {
    name: 'irish',
    share: 6,
    male: words('Sean Patrick Liam Declan Brendan Eamon Kieran Brian Conor Niall Cormac Fergus Padraig Diarmuid Oisin'),
    female: words('Siobhan Aoife Niamh Sinead Orla Roisin Mairead Bridget Caoimhe Grainne Deirdre Ciara Nuala'),
    family: words(
      "Murphy Kelly O'Brien Walsh Ryan O'Connor O'Neill McCarthy Byrne Gallagher Doherty McLoughlin Brennan O'Sullivan McDonagh Quinlan Fitzgerald O'Dowd MacNamara",
    ),
  },
  {
    name: 'scottish-welsh',
    share: 7,
    male: words(
      'Rhys Gareth Dylan Alun Ieuan Euan Alasdair Hamish Craig Gethin Llewellyn Angus Iwan Callum Fraser Owain',
    ),
    female: words('Angharad Sian Cerys Bethan Eilidh Morag Catrin Kirsty Ffion Rhiannon Nerys Isla Lowri'),
    family: words(
      'Davies Evans Thomas MacDonald Campbell Morgan Griffiths Stewart Hughes MacLeod Llewellyn Pritchard Robertson McKenzie ap_Rhys Vaughan Gwilym Farquharson',
    ),
  },
  {
    name: 'polish',
    share: 8,
    male: words(
      'Piotr Krzysztof Tomasz Pawel Marcin Michal Marek Grzegorz Andrzej Lukasz Jakub Mateusz Wojciech Zbigniew Slawomir',
    ),
    female: words('Anna Katarzyna Malgorzata Agnieszka Joanna Magdalena Monika Ewa Beata Aleksandra Izabela Justyna'),
    family: words(
      'Nowak Kowalski Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski Szymanski Wozniak Dabrowski Jankowski Mazur Krawczyk Pietrzak Grabowski',
    ),
  },
  {
    name: 'south-asian-muslim',
    share: 14,
    male: words(
      'Mohammed Ahmed Imran Ali Hussain Asif Tariq Usman Bilal Khalid Waseem Zubair Abdul Nadeem Faisal Shahid Amir Rashid Yusuf Ibrahim',
    ),
    female: words(
      'Fatima Ayesha Zainab Shabana Nasreen Rukhsana Saima Khadija Samina Yasmin Farzana Shazia Mariam Begum',
    ),
    family: words(
      'Khan Ahmed Hussain Ali Begum Akhtar Mahmood Iqbal Malik Miah Rahman Shah Uddin Chowdhury Qureshi Mirza Islam Bashir Siddiqui Javed',
    ),
  },
  {
    name: 'sikh-hindu',
    share: 7,
    male: words(
      'Gurpreet Harjit Sukhdeep Rajesh Amit Sanjay Jaswinder Balwinder Vikram Kiran Manpreet Ravi Deepak Paramjit Suresh',
    ),
    female: words('Harpreet Kulwinder Priya Sunita Jasbir Amandeep Anjali Meena Rajwinder Neha Gurdeep Kavita'),
    family: words(
      'Singh Patel Kaur Sharma Gill Sandhu Dhillon Mistry Desai Kumar Shah Bains Sidhu Grewal Chauhan Solanki',
    ),
  },
  {
    name: 'arabic-somali',
    share: 6,
    male: words(
      'Mohamed Abdullahi Omar Hassan Ahmed Abdi Yusuf Mahmoud Khaled Ibrahim Mustafa Karim Hamza Farah Tarek',
    ),
    female: words('Fadumo Amina Halima Hodan Layla Maryam Sahra Nadia Asha Zahra Khadra'),
    family: words(
      'Ali Hassan Mohamed Abdi Omar Ahmed al-Masri Warsame el-Sayed Jama Nur al-Hashimi Osman Aden Haddad Farah',
    ),
  },
  {
    name: 'west-african',
    share: 6,
    male: words(
      'Emmanuel Kwame Chukwuemeka Samuel Oluwaseun Kofi Babatunde Ikenna Tunde Yaw Chinedu Olumide Femi Kwabena',
    ),
    female: words('Abena Ngozi Grace Folasade Chioma Ama Blessing Akosua Yetunde Adaeze Esther'),
    family: words(
      'Mensah Okafor Adeyemi Owusu Okonkwo Boateng Ogunleye Eze Asante Balogun Nwosu Adebayo Appiah Oyelaran',
    ),
  },
  {
    name: 'east-european',
    share: 4,
    male: words('Andrei Ionut Vasile Dmitri Sergei Georgi Gheorghe Florin Ivan Aleksandr Mihai Stefan'),
    female: words('Elena Ioana Maria Natalia Svetlana Daniela Olga Gabriela Ivanka'),
    family: words('Popescu Ionescu Ivanov Petrov Popa Dumitru Stoica Georgiev Radu Kuznetsov Ciobanu Dimitrov'),
  },
  {
    name: 'chinese-vietnamese',
    share: 2,
    male: words('Wei Jian Van_Minh Quoc Chi_Keung Duc Hung Ka_Ming Tuan Xiang'),
    female: words('Mei Li_Na Thi_Lan Xiu_Ying Thi_Hoa Wai_Ling Thi_Mai'),
    family: words('Chen Nguyen Wong Li Tran Chan Lam Zhang Pham Cheung'),
  },
];

/** Each line is one name in all its spellings; behind `>` stand forms that are written for the first one, never the other way. */
const GIVEN: readonly string[] = [
  'Mohammed Muhammad Mohamad Mohamed Mohammad Muhammed',
  'Hussain Hussein Husain',
  'Ahmed Ahmad',
  'Yusuf Yousef Yousuf Youssef',
  'Ibrahim Ebrahim Ibraheem',
  'Usman Osman Uthman',
  'Abdullahi Abdulahi Abdilahi',
  'Khalid Khaled',
  'Tariq Tarek Tareq',
  'Mahmood Mahmoud Mehmood',
  'Hassan Hasan Hassen',
  'Fatima Fatimah Fathima',
  'Ayesha Aisha Aysha',
  'Omar Umar Omer',
  'Sean Shaun Shawn',
  'Siobhan Shivaun Shevaun',
  'Eamon Eamonn',
  'Niamh Neve Neave',
  'Conor Connor',
  'Kieran Ciaran Keiran',
  'Aoife Eefa',
  'Stephen Steven',
  'Aleksandr Alexander',
  'Sergei Sergey',
  'Dmitri Dmitry Dimitri',
  'Emmanuel Emanuel',
  'Darren Darran',
  'Gary Garry',
  'Katie Katy',
  'Padraig > Patrick',
  'Declan > Dec',
  'Rhys > Reece',
  'Piotr > Peter',
  'Krzysztof > Christopher Chris',
  'Tomasz > Thomas Tom',
  'Pawel > Paul Paweł',
  'Michal > Michael Michał',
  'Jakub > Kuba',
  'Katarzyna > Kasia',
  'Malgorzata > Gosia',
  'Lukasz > Lucas Łukasz',
  'Andrzej > Andrew',
  'Grzegorz > Greg',
  'Gheorghe > George',
  'David > Dave',
  'John > Johnny Jon',
  'James > Jim Jamie Jimmy',
  'Michael > Mike Mick Micky',
  'Andrew > Andy Drew',
  'Daniel > Dan Danny',
  'Christopher > Chris',
  'Stephen > Steve',
  'Matthew > Matt',
  'Richard > Rick Richie',
  'Robert > Rob Bob Bobby',
  'Anthony > Tony Antony',
  'Thomas > Tom Tommy',
  'Darren > Daz',
  'Gary > Gaz',
  'Kevin > Kev',
  'Joshua > Josh',
  'Nathan > Nate',
  'Rebecca > Becky Rebekah',
  'Samantha > Sam',
  'Nicola > Nicky',
  'Jennifer > Jenny Jen',
  'Victoria > Vicky',
  'Chukwuemeka > Emeka',
  'Oluwaseun > Seun',
  'Babatunde > Tunde',
  'Patrick > Pat Paddy',
];
const FAMILY: readonly string[] = [
  'Hussain Hussein Husain Hossain',
  'Ahmed Ahmad',
  'Mohamed Mohammed Muhammad',
  'Hassan Hasan',
  'Osman Usman',
  'Omar Umar',
  'Mahmood Mahmoud Mehmood',
  'Chowdhury Choudhury Chaudhry',
  'Rahman Rehman',
  'Miah Mia Miya',
  'Siddiqui Siddiqi',
  'Akhtar Akther',
  'Qureshi Quraishi',
  'Clarke Clark',
  'Taylor Tayler',
  'Thompson Thomson',
  'Davies Davis',
  'MacDonald McDonald Macdonald',
  'McCarthy MacCarthy',
  'MacNamara McNamara',
  "O'Brien OBrien O’Brien",
  "O'Neill O'Neil ONeill",
  "O'Connor OConnor O'Conor",
  "O'Sullivan OSullivan Sullivan",
  'Doherty Dougherty Docherty',
  'Gallagher Gallacher',
  'Wisniewski Wiśniewski',
  'Wojcik Wójcik',
  'Kaminski Kamiński',
  'Zielinski Zieliński',
  'Dabrowski Dąbrowski',
  'Adeyemi Adeyemo',
  'al-Masri Elmasri Almasri',
  'el-Sayed Elsayed El-Said',
  'Sandhu Sandu',
  'Dhillon Dillon',
  'Chauhan Chohan',
  'Nguyen Nguyễn',
];

function table(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const add = (name: string, forms: readonly string[]): unknown =>
    found.set(name, [...(found.get(name) ?? []), ...forms]);
  for (const line of lines) {
    const [equal = '', short = ''] = line.split(' > ');
    const all = words(equal);
    for (const one of all)
      add(
        one,
        all.filter((other) => other !== one),
      );
    if (short !== '' && all[0] !== undefined) add(all[0], words(short));
  }
  return found;
}
const GIVEN_FORMS = table(GIVEN);
const FAMILY_FORMS = table(FAMILY);

/** Other forms under which a forename is written; none where we know none. */
export const otherGivenForms = (name: string): readonly string[] => GIVEN_FORMS.get(name) ?? [];
/** Other spellings of a surname. */
export const otherFamilyForms = (name: string): readonly string[] => FAMILY_FORMS.get(name) ?? [];
