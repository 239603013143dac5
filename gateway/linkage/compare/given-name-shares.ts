/**
 * How many in a million people of England and Wales bear a first name, rounded to two figures. Computed from two
 * publications of the Office for National Statistics (Open Government Licence v3.0): "Baby names in England and Wales",
 * counts of 1996 and 2004, and "Top 100 baby names, historical data", ranks of 1944, 1954, 1964, 1974, 1984 and 1994,
 * each rank taken at the share that it had in 1996, raised by half for 1944 to 1974, by a fifth for 1984, because
 * naming was narrower then. The eight cohorts count alike, boys and girls as half each. Names of people born abroad are
 * missing from birth registrations: for those the larger of this and an estimate of ours. A letter behind the number
 * is a community in which the name goes with surnames of the same letter more often than chance would have it.
 */
export const GIVEN_NAMES = `
david 18000 | john 16000 | james 13000 | michael 13000 | paul 13000 | andrew 11000 | peter 11000 | christopher 10000
robert 10000 | mark 9500 | sarah 9500 | susan 9500 | thomas 9300 | daniel 8500 | stephen 8500 | richard 8300
margaret 7500 | matthew 7500 | william 7500 | mary 7000 | mohammed 7000 m | anthony 6800 | christine 6500
elizabeth 6500 | emma 6500 | george 6000 | ian 6000 | patricia 6000 | alan 5500 | helen 5500 | jack 5500
julie 5500 | karen 5500 | kevin 5500 | linda 5500 | muhammad 5500 m | steven 5500 | rebecca 5400 | gary 5000
joseph 5000 | simon 5000 | laura 4900 | claire 4800 | jessica 4800 | martin 4800 | brian 4600 | adam 4500
anne 4500 | benjamin 4500 | charlotte 4500 | jacqueline 4500 | jean 4500 | jennifer 4500 | joshua 4500 | nicola 4500
philip 4400 | alexander 4300 | emily 4300 | michelle 4300 | samuel 4300 | hannah 4200 | harry 4200 | ryan 4200
janet 4100 | nicholas 4100 | amanda 4000 | catherine 4000 | deborah 4000 | joanne 4000 | jonathan 4000 | luke 4000
sophie 4000 | amy 3900 | colin 3900 | jane 3900 | oliver 3900 | ann 3800 | carol 3800 | lisa 3800 | rachel 3800
graham 3700 | samantha 3700 | keith 3600 | lauren 3600 | lee 3600 | louise 3600 | lucy 3600 | victoria 3600
chloe 3500 | edward 3500 | jason 3500 | sandra 3500 | neil 3400 | katie 3300 | olivia 3300 | sharon 3300
angela 3200 | liam 3200 | tracey 3200 | darren 3100 | kenneth 3000 | stuart 3000 | barbara 2900 | craig 2900
timothy 2900 | anna 2800 | barry 2800 | jamie 2800 | charles 2700 | diane 2700 | jordan 2700 | patrick 2700
callum 2600 | caroline 2600 | charlie 2600 | gillian 2600 | pauline 2600 | alison 2500 | lewis 2500 | raymond 2500
scott 2500 | terence 2400 | aaron 2300 | carl 2300 | connor 2300 | jake 2300 | megan 2300 | nathan 2300 | nigel 2300
gemma 2200 | maureen 2200 | roger 2200 | valerie 2200 | dean 2100 | malcolm 2100 | trevor 2100 | wendy 2100
adrian 2000 | maria 2000 | mohammad 2000 m | pamela 2000 | wayne 2000 | derek 1900 | geoffrey 1900 | natalie 1900
ronald 1900 | sean 1900 | shaun 1900 | tracy 1900 | dennis 1800 | elaine 1800 | gareth 1800 w | sally 1800
abigail 1700 | ali 1700 m | clare 1700 | dylan 1700 w | heather 1700 | holly 1700 | kyle 1700 | stephanie 1700
zoe 1700 | ben 1600 | danielle 1600 | jade 1600 | katherine 1600 | kathleen 1600 | kelly 1600 | lesley 1600
alice 1500 | bethany 1500 | donna 1500 | kathryn 1500 | mohamed 1500 m | natasha 1500 | dawn 1400 | denise 1400
georgia 1400 | hayley 1400 | joan 1400 | marie 1400 | roy 1400 | ruth 1400 | shannon 1400 | sheila 1400
abdul 1300 m | ashley 1300 | bradley 1300 | eleanor 1300 | georgina 1300 | jacob 1300 | judith 1300 | kieran 1300
leslie 1300 | phillip 1300 | ahmed 1200 m | alexandra 1200 | carole 1200 | clive 1200 | dominic 1200 | fiona 1200
grace 1200 | jeffrey 1200 | julia 1200 | kirsty 1200 | robin 1200 | suzanne 1200 | alex 1100 | andrea 1100
brenda 1100 | gordon 1100 | henry 1100 | janice 1100 | joanna 1100 | karl 1100 | kerry 1100 | leah 1100
lorraine 1100 | molly 1100 | sam 1100 | shirley 1100 | teresa 1100 | yvonne 1100 | kate 1000 | melanie 1000
rosemary 1000 | tony 1000 | eric 990 | cameron 980 | paige 980 | antony 970 | jeremy 970 | leanne 970 | rachael 920
sara 910 | frederick 900 | owen 900 w | rhys 900 w | sylvia 900 | eileen 890 | jodie 890 | june 890 | gerald 880
paula 880 | douglas 860 | francis 860 | melissa 860 | frances 850 | amelia 840 | russell 840 | shane 840
bernard 830 | marion 810 | nicole 810 | terry 810 | dorothy 800 | ethan 800 | ibrahim 800 m | reece 790 | allan 780
cheryl 780 | donald 780 | max 780 | amber 770 | beverley 770 | chelsea 760 | lynn 760 | frank 750 | irene 750
arthur 740 | gregory 740 | jasmine 740 | joyce 740 | louis 740 | lynda 740 | norman 740 | joe 730 | julian 720
howard 710 | jill 710 | josephine 710 | fatima 700 m | hassan 700 m | marilyn 700 | martyn 700 | syed 700 m
christian 690 | lynne 690 | stacey 690 | abbie 680 | anita 680 | caitlin 680 | gavin 670 | kimberley 670 | debra 660
mia 660 | naomi 660 | ross 660 | tina 660 | kim 650 | brandon 640 | hazel 630 | stewart 630 | tyler 630
vincent 620 | courtney 610 | doreen 610 | justin 610 | rita 610 | aisha 600 m | carolyn 600 | jayne 600
maryam 600 m | yusuf 600 m | jeanette 590 | marc 590 | garry 580 | kayleigh 580 | alfie 570 | harriet 560
hilary 560 | diana 550 | marcus 550 | mathew 550 | sian 550 | ellie 540 | kay 540 | stanley 540 | leon 530
marian 530 | ashleigh 520 | francesca 520 | leonard 520 | harvey 510 | victor 510 | duncan 500 | imran 500 m
lydia 500 | omar 500 m | aimee 490 | albert 490 | christina 490 | toby 490 | veronica 490 | hollie 480 | jemma 480
iain 470 | billy 460 | elliot 460 | gail 460 | glenn 460 | clifford 450 | conor 440 | dale 440 | lawrence 440
maurice 440 | penelope 440 | danny 430 | joel 430 | rodney 430 | annette 420 | phoebe 420 | isabelle 410
morgan 410 | ruby 410 | audrey 400 | jenna 400 | piotr 400 p | siobhan 400 | tomasz 400 p | bryan 390 | freya 390
harrison 390 | hugh 390 | isabella 390 | jay 390 | bethan 380 | ellen 380 | erin 380 | gerard 380 | beryl 360
imogen 360 | joy 360 | mandy 360 | agnieszka 350 p | ella 350 | geraldine 350 | huw 350 w | katarzyna 350 p
katy 350 | krzysztof 350 p | pawel 350 p | rosie 350 | theresa 350 | beth 340 | declan 340 | denis 340 | josh 340
mitchell 340 | poppy 340 | tanya 340 | yasmin 340 | bruce 320 | evelyn 320 | norma 320 | robyn 320 | carly 310
elliott 310 | evie 310 | gloria 310 | isabel 310 | isobel 310 | lindsey 310 | alfred 300 | andrzej 300 p
archie 300 | dafydd 300 w | debbie 300 | hussain 300 m | leigh 300 | marcin 300 p | niamh 300 | rhiannon 300
tariq 300 m | tom 300 | toni 300 | daisy 290 | damian 290 | gabrielle 290 | madison 290 | marjorie 290 | vanessa 290
aidan 280 | alicia 280 | chantelle 280 | isaac 280 | taylor 280 | cynthia 270 | sophia 270 | tia 270 | betty 260
demi 260 | mavis 260 | tara 260 | alisha 250 | ellis 250 | eve 250 | gurpreet 250 s | harpreet 250 s | heidi 250
lukasz 250 p | madeleine 250 | maisie 250 | marlene 250 | mollie 250 | oscar 250 | barrie 240 | ernest 240 | guy 240
keira 240 | lily 240 | reginald 240 | iris 230 | kai 230 | leo 230 | rebekah 230 | harold 220 | ricky 220
bailey 210 | carla 210 | charlene 210 | glen 210 | mason 210 | monica 210 | brett 200 | bridget 200 | brooke 200
finlay 200 | jaspreet 200 s | kian 200 | manpreet 200 s | melvyn 200 | rajesh 200 h | sanjay 200 h | corey 190
edwin 190 | eloise 190 | lilian 190 | lucas 190 | maxine 190 | ralph 190 | scarlett 190 | sebastian 190 | vera 190
zachary 190 | graeme 180 | ivan 180 | nichola 180 | noah 180 | summer 180 | walter 180 | curtis 170 | finley 170
harley 170 | logan 170 | rory 170 | sidney 170 | sonia 170 | zak 170 | glenys 160 | jenny 160 | kane 160
kelsey 160 | lindsay 160 | maddison 160 | vivienne 160 | aiden 150 | annabel 150 | calum 150 | cyril 150
damien 150 | daphne 150 | elise 150 | faye 150 | glynis 150 | gwendoline 150 | kiera 150 | lara 150 | maya 150
michele 150 | nathaniel 150 | phyllis 150 | zara 150 | ciaran 140 | clair 140 | doris 140 | faith 140 | gabriel 140
hayden 140 | lois 140 | muriel 140 | royston 140 | abby 130 | ebony 130 | evan 130 | jayden 130 | louie 130
lyndsey 130 | matilda 130 | paris 130 | riley 130 | sasha 130 | tommy 130 | aaliyah 120 | annie 120 | bobby 120
carys 120 | cerys 120 | charley 120 | ciara 120 | elle 120 | eva 120 | freddie 120 | jude 120 | luca 120
lynsey 120 | mackenzie 120 | madeline 120 | rose 120 | skye 120 | tegan 120 | tilly 120 | cody 110 | ewan 110
finn 110 | florence 110 | gabriella 110 | india 110 | levi 110 | macauley 110 | martha 110 | niall 110 | reuben 110
rowan 110 | sadie 110 | sofia 110 | theo 110 | tobias 110 | amelie 100 | annabelle 100 | anya 100 | cara 100
hope 100 | rhianna 100 | esther 99 | frankie 99 | layla 99 | milly 99 | mya 99 | angel 98 | elisha 98 | hamza 98
michaela 98 | sonny 98 | tiffany 98 | claudia 97 | ffion 97 | tamara 97 | jasmin 96 | tristan 96 | amie 95
casey 95 | daniella 93 | eden 93 | kieron 93 | robbie 93 | louisa 92 | nadia 92 | bryony 91 | esme 91 | spencer 91
simran 90 | ayesha 89 | caleb 89 | muhammed 88 | shauna 88 | helena 87 | ashton 86 | emilia 86 | blake 85 | kira 85
zainab 85 | jessie 84 | nikita 84 | abbey 83 | eliza 83 | jemima 83 | april 82 | dillon 82 | elena 82 | liberty 81
felix 80 | sukhdeep 80 s | fraser 79 | kaitlyn 79 | miles 79 | cory 78 | gracie 78 | lloyd 78 | philippa 78
saskia 78 | drew 77 | isla 77 | josie 77 | kacey 77 | alistair 76 | alyssa 76 | mariam 76 | savannah 76 | georgie 75
saffron 75 | sinead 75 | alana 74 | cole 74 | maxwell 74 | neve 74 | rohan 74 | tabitha 74 | ava 73 | keeley 73
lola 73 | maisy 73 | regan 73 | amina 71 | lucie 71 | myles 71 | ria 71 | sabrina 71 | sienna 71 | kirsten 70
angus 69 | antonia 69 | euan 69 | nina 69 | theodore 69 | travis 69 | hugo 68 | aliyah 67 | caitlyn 67 | lorna 67
polly 67 | connie 66 | ronnie 66 | zack 66 | zahra 66 | arron 65 | shelby 65 | zain 65 | katrina 64 | lillie 64
sana 64 | sydney 64 | conner 63 | keiran 63 | beatrice 62 | benedict 62 | maximilian 62 | millie 62 | lucia 61
rio 61 | kristian 60 | nancy 60 | tomas 60 | devon 59 | elijah 59 | felicity 59 | grant 59 | mckenzie 59 | nia 58
bilal 57 | brendan 57 | brogan 57 | jesse 57 | troy 57 | kaitlin 56 | macy 56 | shanice 56 | tayla 56 | iqra 55
kara 55 | katelyn 55 | kiran 55 | leila 55 | serena 55 | stefan 55 | umar 55 | wesley 55 | jordon 54 | laurence 54
leonie 54 | talia 54 | abdullah 53 | cian 53 | emilie 53 | emmanuel 53 | miriam 53 | shay 53 | kye 52 | nadine 52
abi 51 | anisa 51 | clara 51 | ieuan 51 | andre 50 | billie 50 | hasan 50 | jared 50 | kayla 50 | kurtis 50
natalia 50 | rhian 50 | chelsey 49 | crystal 49 | brittany 48 | brodie 48 | haydn 48 | iona 48 | jasper 48
jenson 48 | willow 48 | barnaby 47 | fern 47 | jamal 47 | macaulay 47 | syeda 47 | will 47 | zac 47 | deanna 46
kitty 46 | lacey 46 | jonathon 45 | luis 45 | ruben 45 | todd 45 | trinity 45 | amaan 44 | arran 44 | chanel 44
constance 44 | thea 44 | laila 43 | lottie 43 | meghan 43 | roisin 43 | roman 43 | shona 43 | simone 43
anastasia 42 | bonnie 42 | hafsa 42 | jed 42 | maia 42 | rhea 42 | seth 42 | tamsin 42 | adele 41 | hamish 41
hana 41 | lana 41 | priya 41 | seren 41 | warren 41 | alastair 40 | calvin 40 | chelsie 40 | dana 40 | honey 40
jackson 40 | jak 40 | marley 40 | mustafa 40 | salma 40 | selina 40 | tallulah 40 | tamzin 40 | tomos 40 | verity 40
zach 40 | alexis 39 | aman 39 | beau 39 | flynn 39 | iman 39 | jimmy 39 | kayley 39 | malachi 39 | usman 39
yasmine 39 | amir 38 | aoife 38 | brad 38 | dion 38 | fleur 38 | halima 38 | kasey 38 | katharine 38 | keely 38
khadija 38 | kyra 38 | lowri 38 | macey 38 | maddie 38 | marshall 38 | orla 38 | arjun 37 | codie 37 | elinor 37
jai 37 | libby 37 | renee 37 | roxanne 37 | alec 36 | aleena 36 | becky 36 | carmen 36 | hanna 36 | hermione 36
jaden 36 | jonah 36 | jorja 36 | kieren 36 | kirstie 36 | owain 36 | tiana 36 | adil 35 | alix 35 | angharad 35
anisha 35 | austin 35 | aysha 35 | cain 35 | catrin 35 | destiny 35 | erica 35 | fergus 35 | flora 35 | hamzah 35
isobelle 35 | jac 35 | kallum 35 | leighton 35 | lia 35 | miranda 35 | rosa 35 | sky 35 | solomon 35 | stevie 35
tanisha 35 | alina 34 | junaid 34 | keelan 34 | malaika 34 | millicent 34 | ronan 34 | sadia 34 | abbi 33
bethanie 33 | bryn 33 | byron 33 | damon 33 | darcey 33 | jerome 33 | jon 33 | kelsie 33 | kurt 33 | tyrese 33
xavier 33 | alannah 32 | alexia 32 | antonio 32 | chad 32 | coral 32 | ellena 32 | imaan 32 | isha 32 | jodi 32
kaya 32 | kimberly 32 | madelaine 32 | rosanna 32 | tyrone 32 | aryan 31 | asha 31 | bobbie 31 | cai 31
chanelle 31 | haleema 31 | kamran 31 | lucinda 31 | monique 31 | noor 31 | rianna 31 | rochelle 31 | safa 31
sami 31 | susannah 31 | terri 31 | aston 30 | cheyenne 30 | darcie 30 | marco 30 | maximillian 30 | stella 30
ahmad 29 | alysha 29 | aron 29 | arun 29 | briony 29 | cassie 29 | courteney 29 | daryl 29 | dominique 29 | fay 29
hafsah 29 | harris 29 | iestyn 29 | josef 29 | kaci 29 | kia 29 | kyran 29 | lennon 29 | milo 29 | nikki 29
perry 29 | raphael 29 | rhianne 29 | saul 29 | scarlet 29 | shania 29 | sharna 29 | zachariah 29 | aliya 28
angelina 28 | autumn 28 | brooklyn 28 | carrie 28 | cassandra 28 | celine 28 | christie 28 | elisabeth 28
genevieve 28 | halle 28 | sacha 28 | teigan 28 | charmaine 27 | danni 27 | elin 27 | elysia 27 | jaime 27
johnathan 27 | karina 27 | kennedy 27 | khadijah 27 | kyla 27 | laurie 27 | mae 27 | nicolas 27 | saif 27
annalise 26 | anton 26 | arabella 26 | farah 26 | frazer 26 | jakob 26 | jazmin 26 | lillian 26 | loren 26
ollie 26 | tammy 26 | zaynab 26 | aminah 25 | ana 25 | bronwyn 25 | ceri 25 | elias 25 | evangeline 25 | gina 25
henna 25 | kiara 25 | laiba 25 | leona 25 | lili 25 | milan 25 | samir 25 | alexandria 24 | ami 24 | amira 24
anika 24 | clayton 24 | emelia 24 | haider 24 | honor 24 | keaton 24 | keisha 24 | khalid 24 | leoni 24 | lilli 24
nana 24 | penny 24 | rahul 24 | remi 24 | sabah 24 | saira 24 | samira 24 | sapphire 24 | sion 24 | tori 24
adnan 23 | alesha 23 | anais 23 | asher 23 | atlanta 23 | bianca 23 | callie 23 | chantel 23 | danyal 23 | dionne 23
fatimah 23 | haris 23 | juliet 23 | lukas 23 | melody 23 | nell 23 | precious 23 | qasim 23 | saima 23 | steffan 23
teddy 23 | tiegan 23 | alanna 22 | awais 22 | catriona 22 | charis 22 | dannielle 22 | eli 22 | elsie 22 | esha 22
faiza 22 | freddy 22 | haroon 22 | jensen 22 | jody 22 | johnny 22 | kaine 22 | karis 22 | keenan 22 | keiron 22
kerri 22 | maggie 22 | phoenix 22 | reiss 22 | tayler 22 | teagan 22 | tess 22 | tessa 22 | tianna 22 | abraham 21
amani 21 | aneesa 21 | anisah 21 | bridie 21 | camilla 21 | candice 21 | carter 21 | dayna 21 | dexter 21 | emmie 21
fabian 21 | iwan 21 | jada 21 | jazmine 21 | josiah 21 | kayden 21 | kaylee 21 | keegan 21 | kirby 21 | kylie 21
layton 21 | leyla 21 | luka 21 | mariah 21 | maximus 21 | may 21 | neha 21 | rupert 21 | sameer 21 | shakira 21
shivani 21 | sohail 21 | tasnim 21 | aled 20 | alishba 20 | amar 20 | amna 20 | brianna 20 | clarissa 20 | cleo 20
coby 20 | dane 20 | davina 20 | eddie 20 | eliot 20 | elsa 20 | kelvin 20 | kristina 20 | larissa 20 | shelley 20
sumayyah 20 | taya 20 | tyrell 20 | whitney 20 | zakariya 20 | aisling 19 | amal 19 | andreas 19 | aqsa 19 | asma 19
bobbi 19 | brendon 19 | conrad 19 | estelle 19 | farhan 19 | henrietta 19 | humaira 19 | jaiden 19 | jaydon 19
joey 19 | juliette 19 | kelis 19 | luc 19 | macie 19 | marina 19 | marnie 19 | nico 19 | pippa 19 | raja 19
saba 19 | safia 19 | shah 19 | sumaya 19 | ted 19 | tyla 19 | uzair 19 | zakaria 19 | alasdair 18 | amandeep 18
amara 18 | amirah 18 | amrit 18 | brody 18 | bronte 18 | chardonnay 18 | chiara 18 | edie 18 | ela 18 | faisal 18
harmony 18 | harri 18 | ioan 18 | isa 18 | jaya 18 | karan 18 | karla 18 | lauryn 18 | lea 18 | lexie 18 | lila 18
lilly 18 | lorenzo 18 | manisha 18 | mariya 18 | nathanael 18 | piers 18 | raheem 18 | remy 18 | rishi 18 | rocco 18
rosalind 18 | rufus 18 | shea 18 | sheikh 18 | aadam 17 | alys 17 | asad 17 | bella 17 | brady 17 | cora 17
darryl 17 | dewi 17 | dilan 17 | edmund 17 | elissa 17 | enya 17 | erika 17 | fletcher 17 | jermaine 17 | kacie 17
keane 17 | keir 17 | kenzie 17 | keziah 17 | kristen 17 | leia 17 | leonardo 17 | maariyah 17 | malik 17
marissa 17 | meg 17 | mehmet 17 | mitchel 17 | nisha 17 | oakley 17 | osian 17 | ricardo 17 | riya 17 | robson 17
ryley 17 | sahil 17 | samara 17 | shawn 17 | simeon 17 | tania 17 | taran 17 | tillie 17 | yazmin 17 | zoya 17
abbas 16 | alessandro 16 | alexa 16 | angelica 16 | aran 16 | ashlee 16 | asim 16 | ayman 16 | barney 16 | brook 16
camille 16 | carlos 16 | daniela 16 | diya 16 | elisa 16 | elouise 16 | eoin 16 | farrah 16 | greg 16 | haaris 16
hasnain 16 | hector 16 | humza 16 | iram 16 | jacques 16 | jamieleigh 16 | jess 16 | kaden 16 | kerrie 16 | kezia 16
kiah 16 | lena 16 | luisa 16 | matt 16 | micah 16 | mikey 16 | musa 16 | nikhil 16 | oskar 16 | prince 16 | rabia 16
rajan 16 | reanna 16 | rian 16 | shaquille 16 | thalia 16 | xander 16 | zane 16 | abbigail 15 | akash 15 | albie 15
aleesha 15 | alia 15 | aliza 15 | ariana 15 | ayla 15 | bayley 15 | bushra 15 | caine 15 | cassidy 15 | celia 15
christy 15 | cordelia 15 | hashim 15 | ibraheem 15 | ikra 15 | jago 15 | justine 15 | kadie 15 | lewys 15
libbie 15 | maisha 15 | matteo 15 | maxim 15 | melisa 15 | mercedes 15 | mica 15 | misha 15 | pierce 15 | rayan 15
reese 15 | roberta 15 | safiya 15 | salman 15 | stacie 15 | storm 15 | tasmin 15 | yahya 15 | yusra 15
`;
