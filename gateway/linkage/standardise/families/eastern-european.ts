import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Polish, Romanian, Ukrainian, Russian and Albanian names, their short forms and what they are called in Britain.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const EASTERN_EUROPEAN: NamesOfOrigin = {
  given: `
jerzy george jurek
stanislaw stan staszek
feliks felix
mariusz marius
krystian cristian christian
krystyna cristina christina
klaudia claudia
kornel cornel
irina iryna irena
petru petr petro petre peter
sebastian sebastien
svetlana svitlana
waclaw vaclav
victor viktor wiktor
victoria viktoria wiktoria
vitalii vitaly vitaliy
witold vitold
wladyslaw vladislav
miroslaw miroslav mirek
weronika veronica
jozef joseph josef
daria darya
constantin costel costica
andrzej andrew jedrzej andrej andre
jan janek
piotr peter pyotr
pawel paul pavel
krzysztof krzys chris christopher kristof kris
tomasz tomek thomas tom
michal michael mike
wojciech wojtek vojtek voytek
grzegorz gregory grzesiek
jakub kuba jacob
lukasz luke
marcin martin
mateusz matthew
maciej maciek
rafal raphael
zbigniew zbyszek
magdalena magda
alexandru alexander alex
mihai michael mihail
stefan stephen stephan steven
nicolae nicholas nicu
ionut ion john
ioana joanna
katarzyna kasia catherine katarina
malgorzata gosia margaret gocha
agnieszka aga agnes
joanna asia
aleksandra ola alexandra ala
elzbieta ela elizabeth
ewa eva
zofia zosia sophia
stanislaw staszek
zbigniew zbyszek
slawomir slawek
jaroslaw jarek
dariusz darek
tadeusz tadek
sergei sergey serhiy sergiy
dmitri dmitry dmitriy dmytro dima
mikhail mykhailo misha
aleksandr oleksandr alexander sasha
volodymyr vladimir vova
andriy andrei andrey
yuri yuriy iurii
ionut ion
gheorghe george georghe gica
`,
  surnames: `
hoxha hodja
`,
};
