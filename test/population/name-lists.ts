/**
 * Common names by where families came from, the commoner first (the drawing favours early places). Written from general
 * knowledge of common names; no register and no list was copied. Nobody is meant.
 */

export const ORIGINS = [
  'british',
  'south-asian',
  'polish',
  'west-african',
  'irish',
  'welsh',
  'arabic',
  'caribbean',
  'romanian',
  'scottish',
] as const;
export type Origin = (typeof ORIGINS)[number];

/** Rough shares in one metropolitan borough. Scottish names are drawn only for questions (questions.ts). */
export const ORIGIN_SHARES: readonly (readonly [Origin, number])[] = [
  ['british', 0.6],
  ['south-asian', 0.11],
  ['polish', 0.05],
  ['west-african', 0.06],
  ['irish', 0.04],
  ['welsh', 0.03],
  ['arabic', 0.04],
  ['caribbean', 0.04],
  ['romanian', 0.03],
];

interface OriginNames {
  readonly male: readonly string[];
  readonly female: readonly string[];
  readonly family: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/u);

export const NAMES: Readonly<Record<Origin, OriginNames>> = {
  british: {
    male: words(`David Paul James Daniel Andrew Mark Michael Christopher Matthew Lee Thomas Stephen Robert Richard John
      Jack Ryan Luke Joshua Adam Craig Scott Gary Dean Jamie Ben Samuel Joseph Liam Connor Kyle Nathan Aaron Lewis Jake
      Callum Shaun Darren Jason Wayne Carl Stuart Kevin Peter Simon Anthony Neil Ian Martin Alan Graham Keith Barry Dale
      Karl Bradley Jordan Reece Ashley Oliver Harry George Charlie Alfie Toby Max Dominic Russell Glen Leon Marcus`),
    female:
      words(`Sarah Emma Claire Kelly Rebecca Laura Lisa Michelle Gemma Victoria Charlotte Amy Rachel Samantha Nicola
      Jessica Hannah Lauren Katie Leanne Stacey Hayley Natalie Kerry Donna Joanne Karen Tracey Julie Susan Helen Louise
      Chloe Megan Jade Sophie Bethany Lucy Holly Abigail Georgia Paige Shannon Danielle Kirsty Zoe Tina Sharon Dawn Mandy
      Angela Deborah Jane Alison Lorraine Gail Tara Kim Carly Naomi Ellie Poppy Grace Amelia Daisy Lily`),
    family: words(`Smith Jones Taylor Brown Wilson Johnson Walker Wright Robinson Thompson White Hughes Green Hall Wood
      Harris Clarke Jackson Turner Hill Cooper Ward Moore Clark King Baker Harrison Morris Allen Lee Martin Parker Bennett
      Shaw Young Cook Carter Richardson Bailey Collins Bell Cox Marshall Webb Simpson Ellis Richards Mills Chapman Palmer
      Hunt Holmes Knight Barnes Dixon Fisher Harvey Mason Rogers Butler Gibson Fletcher Reynolds Barker Pearson Dean
      Hawkins Spencer Payne Bradley Lawson Booth Burton Holland Sutton Hardy Gregory Armstrong Whitehead Barrett Norton
      Atkinson Stephenson Thornton Ashworth Kershaw Sykes Haigh Crowther Bottomley Hollingworth Micklethwaite Nuttall
      Ackroyd Pickles Womersley Sugden Rushworth Entwistle Higginbotham Ramsbottom Tattersall Duckworth`),
  },
  'south-asian': {
    male: words(`Mohammed Imran Ali Asif Bilal Usman Hassan Adeel Tariq Faisal Rajesh Sanjay Amit Harpreet Gurpreet Jaspreet
      Arjun Vikram Ravi Rahul Kamran Nadeem Shahid Waqas Zubair Sajid Abdul Shakil Manjit Balwinder Suresh Anil`),
    female:
      words(`Ayesha Fatima Saima Nadia Shazia Sana Rukhsana Farzana Priya Anjali Harpreet Simran Kavita Sunita Neha
      Meera Zainab Maryam Amina Shabana Nasreen Rabia Jaswinder Manpreet Deepa Rekha Sadia Hina Iqra Anita`),
    family:
      words(`Khan Hussain Ahmed Patel Singh Begum Ali Malik Akhtar Shah Mahmood Kaur Iqbal Miah Sharma Mirza Chaudhry
      Rashid Aslam Butt Qureshi Raja Bhatti Gill Sandhu Dhillon Sidhu Parmar Desai Mistry Rahman Uddin Islam Hoque
      Choudhury Javed Saleem Zaman Kapoor Verma`),
  },
  polish: {
    male: words(`Piotr Krzysztof Andrzej Tomasz Paweł Michał Marcin Jakub Adam Łukasz Grzegorz Mateusz Wojciech Mariusz Dariusz
      Zbigniew Rafał Robert Kamil Maciej Szymon Sławomir Przemysław Bartosz`),
    female:
      words(`Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Joanna Aleksandra Monika Beata Dorota Justyna
      Karolina Natalia Patrycja Sylwia Izabela Kinga Zofia`),
    family: words(`Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski
      Kozłowski Jankowski Mazur Krawczyk Piotrowski Grabowski Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Majewski
      Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak Górski Sikora Walczak`),
  },
  'west-african': {
    male: words(`Emmanuel Samuel Daniel Kwame Kofi Kwabena Chinedu Emeka Olumide Tunde Segun Femi Babatunde Ikenna Obinna Yaw
      Kojo Ibrahim Musa Chukwuemeka Adewale Kelechi Uche Prince Festus`),
    female:
      words(`Grace Blessing Comfort Abena Akosua Ama Adwoa Ngozi Chioma Amaka Funmilayo Folake Yetunde Bukola Ifeoma
      Adaeze Esther Mercy Patience Efua Nana Aminata Fatou`),
    family:
      words(`Mensah Osei Owusu Boateng Asante Appiah Addo Okafor Okeke Eze Nwosu Okonkwo Adeyemi Adebayo Ogunleye Balogun
      Bello Ibrahim Agyemang Amoah Ofori Sesay Kamara Conteh Diallo Jallow Bangura Oladipo Akande Onyeka Obi Ude Anyanwu`),
  },
  irish: {
    male: words(`Seán Patrick Liam Conor Declan Brendan Kieran Aidan Cormac Eoin Ciarán Niall Pádraig Dermot Michael Brian
      Rory Oisín Fergal Donal`),
    female: words(`Siobhán Aoife Niamh Caoimhe Sinéad Gráinne Róisín Ciara Orla Deirdre Bridget Maeve Máire Eimear Nuala
      Bernadette Una Clodagh Mairead Aisling`),
    family:
      words(`Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor O'Neill O'Reilly Doyle McCarthy Gallagher Doherty
      Kennedy Lynch Murray Quinn McLaughlin Connolly Daly Nolan Brennan Fitzgerald Burke Maguire Duffy McDonagh Hegarty
      Farrell Flanagan Mulligan Tierney Cassidy Ward`),
  },
  welsh: {
    male: words(`Rhys Dafydd Gareth Ieuan Siôn Owain Huw Gethin Llŷr Dylan Aled Iwan Emyr Geraint Gwilym Ifan Alun Meirion
      Carwyn Bryn`),
    female:
      words(`Siân Megan Carys Angharad Nia Rhian Bethan Cerys Eleri Ffion Lowri Gwen Mair Catrin Delyth Menna Seren
      Haf Elin Non`),
    family:
      words(`Jones Davies Williams Evans Thomas Roberts Lewis Hughes Morgan Griffiths Edwards Owen Price Rees Jenkins
      Lloyd Phillips Pritchard Powell Bowen Howells Parry Vaughan Probert Gwynne Llewellyn Bevan Prosser`),
  },
  arabic: {
    male: words(`Mohammed Ahmed Ali Hassan Yusuf Omar Khalid Mahmoud Ibrahim Mustafa Tariq Samir Karim Hussein Abdullah Nabil
      Walid Jamal Hamza Faris Ziad Bashir`),
    female:
      words(`Fatima Mariam Aisha Layla Noor Huda Samira Yasmin Hanan Rania Salma Khadija Zahra Amal Dalia Nawal Rima
      Suad Iman Lubna`),
    family:
      words(`Al-Hassan Al-Amin Hussein Ibrahim Abdi Mohamud Saleh Mansour Haddad Khalil Nasser Farah Al-Jaburi Aziz
      Rahimi Karimi Osman Warsame Abdullahi Al-Sayed Hamdan Shamoun Awad Qasim Darwish Yassin Sharif Najjar`),
  },
  caribbean: {
    male: words(`Jermaine Delroy Winston Leroy Marlon Tyrone Devon Curtis Dwayne Errol Carlton Desmond Neville Trevor Lloyd
      Andre Omari Jerome Courtney Lennox`),
    female:
      words(`Shanice Beverley Marcia Yvonne Sonia Tanisha Keisha Chantelle Jacqueline Paulette Latoya Shereen Simone
      Monique Janelle Cherelle Rochelle Nadine Dionne Aaliyah`),
    family:
      words(`Campbell Williams Brown Grant Gordon Reid Francis Morgan Clarke Henry Stewart Bailey Thomas Powell Lewis
      McKenzie Wallace Barrett Pinnock Blake Samuels Dacosta Facey Bogle Gayle Lindo Tulloch Whyte`),
  },
  romanian: {
    male: words(`Andrei Alexandru Mihai Ionuț Cristian Gheorghe Florin Marian Ștefan Vasile Nicolae Adrian Bogdan Cătălin
      Daniel Constantin Gabriel Răzvan Sorin Viorel`),
    female: words(`Maria Elena Ioana Andreea Mihaela Alexandra Cristina Ana Daniela Gabriela Florentina Mirela Loredana
      Roxana Simona Adina Nicoleta Larisa Ramona Bianca`),
    family:
      words(`Popa Popescu Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Constantin Rusu Munteanu Dinu Ștefan
      Toma Ene Marin Tudor Dobre Barbu Nistor Florea Vlad Lupu Cojocaru Bălan Sandu`),
  },
  scottish: {
    male: words(`Callum Fraser Hamish Angus Ewan Alasdair Craig Gordon Duncan Stuart Ross Cameron Finlay Euan Gregor Iain
      Murdo Rory Archie Blair Kenneth Lachlan Malcolm Struan`),
    female:
      words(`Fiona Kirsty Morag Eilidh Ailsa Isla Catriona Shona Mhairi Heather Elspeth Rhona Lorna Iona Moira Jean
      Sheena Senga Isobel Una`),
    family:
      words(`MacDonald Campbell Stewart Robertson Thomson Anderson Scott Murray MacLeod Reid Ross Paterson Fraser McKay
      Sutherland MacKenzie Henderson Hamilton Graham Ferguson Cameron Wallace McLean Sinclair Buchanan Drummond McIntyre
      Crawford Kerr Douglas Muir Gillespie Urquhart Baird`),
  },
};
