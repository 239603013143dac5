/**
 * First names that the tables of births in England and Wales do not list, or list too low: each is a name of its own to
 * those who bear it, so that one letter makes two people of two brothers (`Rajesh` and `Rakesh`, `Marian` and `Marin`).
 * Selected by us from general knowledge of names in use; no register was read. Spellings of one name do not stand here
 * side by side: they belong into the families of name-families.ts.
 */
const NAMES = `
# South Asian
ajay ajit akash akbar akhil akram amar amarjit ambika amin amir amrit amrita anand anil anish anita anjali ankit ansar
anwar anwara arif arjun arun arvind asad ashok ashraf asif asma atif atul avtar azhar azra babar bachan balbir baldev
baljit balraj bhavesh bhavna bhupinder bina bipin chandra charan chetan chirag daljit darshan davinder dev devinder
dilip dinesh divya ehsan fahad faiz faraz farhan farida farooq faruk farzana fawad feroz gagandeep ganesh gaurav
ghulam girish gopal gulzar gurdeep gurdip gurjit gurmeet gurmit gurnam habib hanif hardeep hari harish harjinder
harmeet haroon hasmukh hema hemant hina hitesh hosna iftikhar ijaz ikram ilyas imtiaz inderjit indra iqra irfan ishaq
jagdeep jagdish jagjit jahangir jahid jasbir jasdeep jasmeet jaspal jatin javid jayesh jignesh jitendra joginder
jorina kabir kalpesh kamal kamaljit kamran kamrul karamjit karan kashif kavita ketan khurram kiran kirit kishan kulbir
kuljit kulwinder lakhbir lal lalit latif liaqat liton mahendra mahesh mahinder malkit manish manoj maqsood masood
mazhar meena meera mehul mitesh mizanur mohan mohinder mohit moin momtaz monir motiur mukhtar munir murad mushtaq
nadeem naeem nagina najma nalini naresh narinder nasim nasima nasreen naveen nawaz nazrul neeraj neha nilesh nimesh
niraj nisha nishant nitin omkar pankaj paresh parveen parvez pawan piara pooja prabhjot prakash pramod prashant pratik
prem qamar rabia rafiq raheel rahul raja rajan rajat rakesh ramandeep ramesh ranjit rashida ravi raza razia rekha riaz
rishi ritesh rizwan rohan rohit rokon roshan rubel rubina rukhsana rupinder sabina sabir sachin sadia sagar saima
sajid salma salman sameena samina sana sanam santosh saqib sarabjit sarfraz sarwan satish satnam satpal shabana shafiq
shafiqul shahbaz shahida shakeel shakil shamim shamsul shankar sharmila shazia shehzad shirin shivam shoaib shreya
shuhel simran sohail sonal subhash sudhir sukhbir sukhjit sukhvinder sukhwinder sultana sumit sumon sunil surjit
sushil swaran talib talwinder tanveer taranjit tarun tejinder tushar udham umesh usha vandana varinder varun veena
vinay vinod vipul virender vishal vivek waqar waqas wasim yash yasir yogesh younis zafar zaheer zakir zeeshan zia
zulfiqar
# Arabic, Turkish, Kurdish, Persian, Somali, Albanian
abbas adnan akif amina ammar anas arash ardit arjan asiya awale ayaan ayan ayman aymen azad baran behrouz besnik bujar
burak cem dalia darius deniz dheeg diyar emine emre enver ercan erkan fadi faisa farhiya faris farshid farzad fatmir
fawzi ferhat fitim fowsia ghassan guled habiba haider hakan hakim halima hanan hani hatice hawa hawo hazem hiba hibo
hoda hodan houssam huda ibtisam idil idris ifrah ilir imad iman ismet issa jaber jafar jawad kadir kaltrina karwan
kemal khadra kosar labib leyli liban luan lubna maha mahad maher mahir majida marwan masoud mehdi mehran merve mesut
murat musa musab mutlu nabila nadim nadir naima najib nawal nazanin nizar nuri omid orhan osama ozgur parisa payam
qais ramadan rana rania raouf rayan reza rima roble roj rojin saad saber safa safiya sagal sahal sahra salah sami
samia samira sardar selim serkan seyed shadi shaima shirwan shkodran soran suad suhail talal tamer taner tarek tawfiq
ubah umut valon volkan wael wafa wiam xhevdet yahya yunus zainul zakaria zaki zamzam ziad zohra
# Polish, Slavic, Baltic, Hungarian
adrian alicja alina amelia anatol antoni arkadiusz artem artur bartlomiej bartosz beata blazej bogdan bogumil boguslaw
bohdan bozena bozidar bronislaw cezary czeslaw danuta daria darya dominika dorota edyta emil emilia eryk eugeniusz
ewelina feliks filip franciszek gabor genowefa gergo gintaras halina henryk hubert igor ilona irena ireneusz iryna
iwona jacek jadwiga janina janos janusz jolanta jozef jurij justyna kacper kamil kamila karol karolina kazimierz kinga
klaudia konrad kornel krystian krystyna laszlo lech leszek lidia lucyna ludmila maksym marcel marek maria mariusz
marzena mieczyslaw milan milena milosz mindaugas miroslav miroslaw monika nataliya nikita nikodem nikola nikolai
norbert oksana oleh olena olga oskar ostap patrycja patryk paulina petr petro przemyslaw radoslaw renata roman romana
ruslan ryszard sandor sebastian sebastien serhii seweryn stanislava svetlana svitlana sylwester sylwia szymon taras
tibor urszula vaclav valentin valeriy vasyl viktor viktoria vitalii vitaly vitold vladislav waclaw waldemar wanda
weronika wieslaw wiktor wiktoria witold wladyslaw wlodzimierz yana yaroslav zdzislaw zenon zlatko zoltan zygmunt
# Romanian, Bulgarian, Greek, Iberian, Italian
adela adina adriana alin anca andreea angel aurel aurelian beniamin bianca carmen catalin catalina cezar ciprian
claudiu codrin constantin corina cornel cornelia cosmin costel cristi cristian cristina dana daniela danut dimitar
dimitrios dorel dorin dragos dumitru elena eugen fabio felix fernando florentin florentina florin florina gabriel
gabriela georgi georgiana giorgos giovanni giuseppe grigore horia ilie iliya ionel ionela irina iulian iuliana ivan
ivaylo javier joao jorge jose juan larisa laurentiu lavinia liviana liviu loredana lucian luminita manuel mariana
marin marina marius miguel mihaela mihaita mircea mirela narcis nelu nicoleta oana octavian ovidiu pedro petre petru
radu raluca ramona razvan remus ricardo rodica romeo romulus roxana rui sanda silviu simona sorin sorina stelian
stoyan tiago toader todor traian valentina vali vasile vasilica veronica viorel viorica virgil vlad vladut
# West and East African, Caribbean
aba abayomi abdoulaye abel abeni abiodun abiola abraham adaeze adama adaora adebola adedayo adeola adetola adwoa afia
afua agyei akin akinyemi akua akwasi alhassan almaz amadi amadou amaka amarachi aminata ayotunde azubuike bakary
bereket berhane bola bolaji bukola carlton chiamaka chidera chidinma chigozie chijioke chika chike chima chinaza
chinwe chioma chisom chizoba chukwudi cleon clive damola dapo dare dawit dayo delano delroy dembele denzel desmond
desta devon dexter donovan dwayne ebele ebere ebrima efe efua ejike ekene ekow elikem eniola enoch errol ese everald
everton fatou fikayo filmon fitzroy folake folarin gbenga gifty girma glenroy haile haruna hiwot idowu ifeanyi ifeoma
ikenna isatou jermaine jerome jide jumoke kafui kayode kehinde kelechi kemar keron kidane kirk kobby kojo koku
kolawole kunle kwesi lamin lanre lascelles lekan lennox leon leroy linton lloyd lola mabel mariama marlon mawuli
mehari modou morenike musu nana ndidi neville ngozi nii nneka nnenna nonye nwamaka obiora ogechi oke okechukwu olabisi
olajide oluchi omari onyeka opeyemi orville osagie osei ousman patience renford romario rudolph samson sanusi sekou
selam shanelle shanice shaniqua shantelle shola simi sola somto taiwo tamika tanisha tayo temi temidayo tesfaye
tewodros tianna titilayo tobenna tola toyin tunji tyrell tyrese tyrone uchechi uju uzoma wande weston winston wole
yakubu yewande yonas yusupha zainabu
# Irish, Scottish, Welsh, Cornish
ailbhe ailsa aine aled alun ambrose aneirin aneurin angus anwen aodhan aoibhinn archie arwel arwen barra beca bedwyr
bethan blathnaid bran breda brendan bridget bryn brynmor cadan cadi cadog cahir caleb callan caradog carwyn catriona
ceri ceridwen cerys clodagh colm colman cormac criostoir cyril dara daragh dearbhla declan deirdre delyth derfel
dilwyn donal donnacha donncha dougal duncan dyfan dyfed eamon eamonn efa eifion eimear eirlys eirwen eleri elfyn elgan
elin elis elspeth eluned emlyn emrys enda enid ennis erin ethna eurig fearghal fergal fergus ffion finbar finlay
finola fiona fraser gavan gearoid gerwyn glenys glyn grant gregor griff gruffydd gwen gwenda gwenllian gwion gwyn
gwyneth heledd heulwen idwal iestyn ifor ina innes iola iolo iona isla ivor jarlath jenna kean keelin keith kyran
lachlan laoise leah llew llinos llion llyr lorcan lorna lowri lughaidh mabon macsen madog maeve mair maire malachy
maldwyn manus mared mari meabh medwyn meinir meirion meredydd mererid merfyn meurig moira morag morgan morwenna
muireann mungo murdo murtagh myfanwy nerys nessa nia non nuala oona oonagh osian padrig peadar penri peredur phelim
prys rhiain rhian rhiannon rhodri rhona rhydian rona ronan ruadhan ruairidh sadhbh senan seren shona siencyn sion
sioned steffan struan taliesin tegid tegwen terrell tomos torquil tudor tudur una vaughan
# Chinese, Vietnamese, South-East Asian
anh bao binh chau chi cuong dao dat dinh duc dung giang hai hanh hao hieu hoa hoang hong hue hung huong huy jian jie
jun khanh kiet lan lei lien lin linh loan long mai mei ming minh nam nga ngoc nhung ning phong phuc phuong ping qiang
quan quang quyen quynh rong son suong tai tam tan tao thang thanh thao thu thuy tien ting toan trang tri trinh trung
tuan tung tuyet uyen van viet vinh wei wen xia xiao xin yan yang ying yong yuan yun zhen zhi
`;

const OWN: ReadonlySet<string> = new Set(
  NAMES.split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.trim().split(' ')),
);

/** Whether this is a first name that stands by itself: a slip of the pen would rarely turn one into another. */
export const isNameOfItsOwn = (given: string): boolean => OWN.has(given);
