/**
 * How many in a million people of England and Wales bear a surname, rounded: the five hundred commonest in the births
 * registered from 1991 to 2000 (General Register Office, in percent to two places, as tabulated by P. Dance, "Modern
 * British Surnames"). Surnames of communities that have grown since are raised, and some are added, by estimates of
 * ours. A letter behind the number is a community, as for first names.
 */
export const SURNAMES = `
smith 12000 | jones 9900 w | williams 7000 w | taylor 5600 | brown 5400 | davies 5100 w | evans 4100 w
thomas 3700 w | wilson 3700 | johnson 3600 | khan 3500 m | roberts 3500 w | robinson 3000 | thompson 3000
wright 3000 | walker 2900 | white 2800 | edwards 2700 w | green 2700 | hughes 2700 w | hall 2600 | hussain 2600 m
lewis 2600 w | patel 2600 h | harris 2500 | ali 2400 m | clarke 2400 | jackson 2400 | singh 2400 s | wood 2400
ahmed 2300 m | martin 2300 | turner 2300 | cooper 2200 | hill 2200 | moore 2100 | morris 2100 | ward 2100
baker 2000 | clark 2000 | harrison 2000 | king 2000 | lee 2000 | allen 1900 | james 1900 w | kaur 1900 s
morgan 1900 w | phillips 1800 w | scott 1800 | davis 1700 | parker 1700 | price 1700 w | watson 1700 | begum 1600 m
bennett 1600 | griffiths 1600 w | kelly 1600 | mitchell 1600 | young 1600 | bailey 1500 | bell 1500 | carter 1500
collins 1500 | cook 1500 | richardson 1500 | shaw 1500 | cox 1400 | marshall 1400 | miller 1400 | murphy 1400
richards 1400 w | adams 1300 | anderson 1300 | ellis 1300 | foster 1300 | simpson 1300 | wilkinson 1300
chapman 1200 | gray 1200 | hunt 1200 | mason 1200 | powell 1200 w | rogers 1200 | shah 1200 m | webb 1200
barnes 1100 | butler 1100 | campbell 1100 | holmes 1100 | knight 1100 | lloyd 1100 w | matthews 1100 | mills 1100
owen 1100 w | palmer 1100 | barker 1000 | dixon 1000 | fisher 1000 | fletcher 1000 | graham 1000 | harvey 1000
jenkins 1000 w | murray 1000 | pearson 1000 | russell 1000 | stevens 1000 | andrews 900 | brooks 900 | day 900
elliott 900 | ford 900 | fox 900 | gibson 900 | howard 900 | lawrence 900 | mohammed 900 m | payne 900 | pearce 900
rahman 900 m | reynolds 900 | saunders 900 | stewart 900 | walsh 900 | west 900 | akhtar 800 m | atkinson 800
ball 800 | booth 800 | bradley 800 | burton 800 | cole 800 | dawson 800 | gill 800 s | miah 800 m | obrien 800
perry 800 | rose 800 | ryan 800 | spencer 800 | watts 800 | armstrong 700 | barrett 700 | berry 700 | bibi 700 m
carr 700 | dunn 700 | francis 700 | grant 700 | gregory 700 | harding 700 | hart 700 | hawkins 700 | hayes 700
holland 700 | hudson 700 | hunter 700 | lowe 700 | marsh 700 | newman 700 | newton 700 | oliver 700 | page 700
parsons 700 | porter 700 | reed 700 | rees 700 | reid 700 | riley 700 | robertson 700 | stone 700 | webster 700
wells 700 | woods 700 | bates 600 | bird 600 | bishop 600 | burgess 600 | burns 600 | byrne 600 | chambers 600
coleman 600 | cooke 600 | cross 600 | curtis 600 | dean 600 | freeman 600 | gardner 600 | hamilton 600 | harper 600
hassan 600 m | henderson 600 | hodgson 600 | hopkins 600 | iqbal 600 m | kennedy 600 | lane 600 | long 600
mahmood 600 m | malik 600 m | mccarthy 600 | mcdonald 600 | moss 600 | nicholls 600 | nicholson 600 | oconnor 600
oneill 600 | parry 600 | robson 600 | ross 600 | shepherd 600 | sutton 600 | uddin 600 m | walton 600 | warren 600
watkins 600 | williamson 600 | yates 600 | ahmad 500 m | arnold 500 | austin 500 | barber 500 | barnett 500
barton 500 | baxter 500 | blake 500 | bond 500 | buckley 500 | burke 500 | clayton 500 | cunningham 500
davidson 500 | doyle 500 | frost 500 | gallagher 500 | george 500 | gilbert 500 | goodwin 500 | gordon 500
greenwood 500 | griffin 500 | hammond 500 | hardy 500 | hewitt 500 | higgins 500 | holt 500 | hutchinson 500
islam 500 m | jennings 500 | johnston 500 | jordan 500 | kemp 500 | lambert 500 | lynch 500 | mann 500 | may 500
miles 500 | mohamed 500 m | nash 500 | nelson 500 | osborne 500 | poole 500 | potter 500 | pritchard 500 | quinn 500
read 500 | rowe 500 | sharp 500 | slater 500 | stephens 500 | stephenson 500 | stevenson 500 | stokes 500
sullivan 500 | thomson 500 | tucker 500 | wallace 500 | walters 500 | wheeler 500 | whitehead 500 | willis 500
woodward 500 | abbott 400 | alexander 400 | archer 400 | ashton 400 | atkins 400 | baldwin 400 | banks 400
barlow 400 | bartlett 400 | bentley 400 | birch 400 | black 400 | bowen 400 | bradshaw 400 | brennan 400
briggs 400 | brookes 400 | bryant 400 | bull 400 | burrows 400 | carroll 400 | cartwright 400 | chowdhury 400 m
dale 400 | daniels 400 | davey 400 | davison 400 | dickinson 400 | dobson 400 | dodd 400 | douglas 400 | duffy 400
farrell 400 | ferguson 400 | field 400 | flynn 400 | fowler 400 | fraser 400 | french 400 | fuller 400 | gibbs 400
glover 400 | goddard 400 | hancock 400 | hartley 400 | haynes 400 | hayward 400 | heath 400 | hicks 400 | holden 400
howe 400 | howell 400 | humphreys 400 | jarvis 400 | john 400 | kay 400 | kent 400 | kirby 400 | kirk 400
knowles 400 | kumar 400 h | lamb 400 | lawson 400 | little 400 | lucas 400 | macdonald 400 | middleton 400
morley 400 | morrison 400 | morton 400 | norman 400 | norris 400 | osullivan 400 | parkinson 400 | patterson 400
perkins 400 | peters 400 | preston 400 | pugh 400 | reeves 400 | rhodes 400 | sanders 400 | savage 400
schofield 400 | short 400 | simmons 400 | skinner 400 | smart 400 | stanley 400 | thornton 400 | thorpe 400
todd 400 | tomlinson 400 | townsend 400 | vaughan 400 | wade 400 | wall 400 | warner 400 | waters 400 | weston 400
whittaker 400 | wilkins 400 | wong 400 | chan 350 | sharma 350 h | allan 300 | barry 300 | benson 300 | bevan 300
blackburn 300 | bolton 300 | boyle 300 | brady 300 | bray 300 | browne 300 | bruce 300 | bryan 300 | butcher 300
cameron 300 | carey 300 | carpenter 300 | chadwick 300 | chamberlain 300 | chandler 300 | charlton 300
choudhury 300 m | clements 300 | coates 300 | coles 300 | collier 300 | connolly 300 | connor 300 | conway 300
craig 300 | crawford 300 | daly 300 | dennis 300 | doherty 300 | donnelly 300 | duncan 300 | dyer 300 | farmer 300
faulkner 300 | finch 300 | fitzgerald 300 | fleming 300 | forster 300 | franklin 300 | fry 300 | gardiner 300
garner 300 | gibbons 300 | giles 300 | godfrey 300 | gough 300 | gould 300 | hale 300 | hanson 300 | hargreaves 300
henry 300 | herbert 300 | hilton 300 | hobbs 300 | holloway 300 | hooper 300 | hope 300 | horton 300 | houghton 300
howarth 300 | howells 300 | humphries 300 | hurst 300 | hussein 300 m | hyde 300 | ingram 300 | joyce 300 | kerr 300
law 300 | leach 300 | lees 300 | leonard 300 | lord 300 | lyons 300 | manning 300 | marsden 300 | mckenzie 300
mclean 300 | mellor 300 | metcalfe 300 | mistry 300 | moran 300 | myers 300 | naylor 300 | nixon 300 | noble 300
nolan 300 | north 300 | norton 300 | odonnell 300 | owens 300 | parkes 300 | parkin 300 | peacock 300
pickering 300 | pollard 300 | pope 300 | potts 300 | power 300 | pratt 300 | randall 300 | rice 300 | rowley 300
sanderson 300 | sharpe 300 | sheppard 300 | sims 300 | sinclair 300 | steele 300 | storey 300 | summers 300
swift 300 | sykes 300 | talbot 300 | turnbull 300 | tyler 300 | vincent 300 | wallis 300 | welch 300
whitehouse 300 | winter 300 | wyatt 300 | abdi 250 m | chen 250 | nguyen 200 | sandhu 200 s | popa 150 | mensah 120
nowak 120 p | popescu 120 | okafor 70 | adeyemi 60 | kowalski 60 p | wisniewski 60 p | wojcik 50 p | kaminski 40 p
lewandowski 40 p
`;
