"""How the official languages of the EU and the UK say that a page is not there. Norwegian and Icelandic stand beside.

Left out are ways that tell of people, too: "is missing", "saknas", "ar iarraidh".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How a language says that a page is not there.

    ``page`` and ``thing`` are words for a page, and for what else an address may lead to. ``gone`` are ways to say that
    it is not there: a word that ends in ``~`` may have any ending, ``…`` stands for a few words. ``alone`` are whole
    titles that name no page.
    """

    page: str
    thing: str
    gone: str
    alone: str = ""


LANGUAGES: Mapping[str, Language] = {
    "bg": Language(
        page="страница, страницата, уебстраница, уебстраницата",
        thing="документ, документът, документа, файл, файлът, файла, съдържание, съдържанието, ресурс, ресурсът",
        gone="не е намерен~, не беше намерен~, не бе намерен~, не са намерени, не съществува, не е открит~, "
        "не беше открит~, не бе открит~, не може да бъде намерен~, не може да бъде открит~, не намерихме, "
        "няма такава, вече не съществува, не е налична, ненамерен~",
        alone="не е намерено, не е намерена, няма намерена страница, страницата липсва",
    ),
    "cs": Language(
        page="stránka, stránku, stránky, strana, stranu",
        thing="dokument, soubor, obsah",
        gone="nenalezen~, nebyl~ nalezen~, nebyl~ nenalezen~, neexistuje, nelze nalézt, nelze najít, nejde najít, "
        "nebylo možné najít, nebylo možné nalézt, nepodařilo se najít, se nepodařilo najít, nepodařilo se nalézt, "
        "se nepodařilo nalézt, nepodařilo … najít, nepodařilo … nalézt, nenašli, nenašli jsme, nenalezli, "
        "není dostupná, již neexistuje, nebyl~ … nalezen~",
        alone="nenalezeno",
    ),
    "cy": Language(
        page="tudalen, dudalen, thudalen, nhudalen, dudalennau",
        thing="dogfen, ddogfen, ffeil, cynnwys",
        gone="heb ei chanfod, heb ei ganfod, heb ei darganfod, heb ei ddarganfod, heb ei chael, ddim … dod o hyd, "
        "methu … dod o hyd, ellir dod o hyd, ellir ddod o hyd, allwyd dod o hyd, allwn … dod o hyd, "
        "allwn ddod o hyd, gallu dod o hyd, "
        "methu dod o hyd, methu canfod, ddim yn bodoli, ddim yn bod, nid yw … bodoli, nad yw … bodoli, "
        "wedi … dileu, wedi ei ddileu, wedi'i dileu, wedi'i ddileu, heb ei gael",
        alone="heb ei ganfod, heb ei chanfod",
    ),
    "da": Language(
        page="side, siden, webside, websiden, hjemmeside, hjemmesiden, netside",
        thing="dokument, dokumentet, fil, filen, indhold, indholdet",
        gone="ikke fundet, blev ikke fundet, findes ikke, ikke findes, findes … ikke, kan ikke findes, "
        "kunne ikke findes, ikke finde, ikke … finde, eksisterer ikke, ikke eksisterer, eksisterer … ikke, "
        "ikke længere tilgængelig, er ikke tilgængelig, blev … ikke fundet",
        alone="ikke fundet, siden mangler",
    ),
    "de": Language(
        page="seite, webseite, internetseite, unterseite",
        thing="dokument, datei, inhalt, ressource",
        gone="nicht gefunden, nicht mehr gefunden, nicht auffindbar, nicht finden, nicht verfügbar, "
        "nicht mehr verfügbar, nicht vorhanden, nicht mehr vorhanden, existiert nicht, existiert leider nicht, "
        "nicht existiert, nicht mehr existiert, nicht existent, gibt es nicht",
        alone="nicht gefunden",
    ),
    "el": Language(
        page="σελίδα, σελίδας, ιστοσελίδα, ιστοσελίδας",
        thing="έγγραφο, αρχείο, περιεχόμενο, πόρος",
        gone="δεν βρέθηκε, δε βρέθηκε, δεν υπάρχει, δεν υφίσταται, δεν εντοπίστηκε, δεν μπορεί να βρεθεί, "
        "δεν μπόρεσε να βρεθεί, δεν ήταν δυνατή η εύρεση, δεν είναι διαθέσιμη, δεν είναι πλέον διαθέσιμη, "
        "δεν μπορούμε να βρούμε",
        alone="δεν βρέθηκε",
    ),
    "en": Language(
        page="page, webpage, url",
        thing="document, content, resource, file, url, item",
        gone="not found, not be found, cannot be found, cannot find, can't find, can't be found, couldn't find, "
        "couldn't be found, could not find, couldn't locate, could not locate, cannot locate, can't locate, "
        "no longer available, no longer exists, no longer exist, no longer here, does not exist, doesn't exist, "
        "has been removed, was removed, has been deleted, was deleted",
        alone="not found, page is missing, the page is missing, this page is missing",
    ),
    "es": Language(
        page="página",
        thing="documento, archivo, fichero, contenido, recurso",
        gone="no encontrad~, no fue encontrad~, no ha sido encontrad~, no existe, ya no existe, no se encontró, "
        "no se ha encontrado, no se encuentra disponible, no se pudo encontrar, no se ha podido encontrar, "
        "no se puede encontrar, "
        "no está disponible, ya no está disponible, no pudo ser encontrad~, inexistente",
        alone="no encontrado, no encontrada, no se ha encontrado",
    ),
    "et": Language(
        page="leht, lehte, lehekülg, lehekülge, veebileht, veebilehte, lehekülje",
        thing="dokument, dokumenti, fail, faili, sisu",
        gone="ei leitud, pole leitud, ei leidu, ei leidnud, ei eksisteeri, ei ole olemas, pole olemas, "
        "ei ole leitav, pole leitav, ei ole kättesaadav, pole kättesaadav",
        alone="ei leitud, leht puudub",
    ),
    "fi": Language(
        page="sivu, sivua, sivun, verkkosivu, verkkosivua, nettisivu",
        thing="dokumentti, dokumenttia, asiakirja, asiakirjaa, tiedosto, tiedostoa, sisältö, sisältöä",
        gone="ei löytynyt, ei löydy, ei löydetty, ei löydä, ei valitettavasti löytynyt, ei ole olemassa, "
        "ei ole enää olemassa, ei ole enää saatavilla, ei ole saatavilla, ei voitu löytää, ei voi löytää, "
        "ei enää ole, emme löytäneet, ei löytynyt",
        alone="ei löytynyt",
    ),
    "fr": Language(
        page="page",
        thing="document, fichier, contenu, ressource",
        gone="introuvable, inexistant~, non trouvé~, pas trouvé~, n'existe pas, n'existe plus, plus disponible, "
        "n'a pas été trouvé~, n'a pu être trouvé~, pas pu être trouvé~, n'est pas trouvé~, n'est plus en ligne, "
        "a été supprimé~, impossible de trouver, impossible à trouver",
        alone="introuvable, non trouvé, non trouvée",
    ),
    "ga": Language(
        page="leathanach, leathanaigh, leathanachseo, leathanaighseo",
        thing="doiciméad, cáipéis, comhad, ábhar",
        gone="gan aimsiú, níor aimsíodh, nár aimsíodh, ní bhfuarthas, nach bhfuarthas, gan fáil, níl … ann, "
        "ní ann, nach ann, ní raibh … aimsiú, ní féidir … aimsiú, ní féidir … fháil, níorbh fhéidir … aimsiú, "
        "níorbh fhéidir … fháil, níl … ar fáil, nach bhfuil ann, ní hann",
        alone="gan aimsiú, ní bhfuarthas, níor aimsíodh",
    ),
    "gd": Language(
        page="duilleag, dhuilleag, duilleig",
        thing="sgrìobhainn, faidhle, susbaint",
        gone="cha deach … lorg, cha deach a lorg, gun lorg, cha do lorg, cha ghabh … lorg, chan eil … ann, "
        "nach eil ann, "
        "cha do lorgadh, cha deach … a lorg",
    ),
    "hr": Language(
        page="stranica, stranicu, stranice, strana",
        thing="dokument, datoteka, sadržaj",
        gone="nije pronađen~, nije nađen~, nije pronadjen~, ne postoji, više ne postoji, nije moguće pronaći, "
        "ne može se pronaći, nismo pronašli, ne možemo pronaći, nije dostupna, nisu pronađene, nepostojeća",
        alone="nije pronađeno, nije pronađena",
    ),
    "hu": Language(
        page="oldal, oldalt, weboldal, weblap, lap, lapot, aloldal",
        thing="dokumentum, fájl, tartalom",
        gone="nem található, nem létezik, nem találjuk, nem találtuk, nem elérhető, már nem elérhető, nincs meg, "
        "nem létező, nem lehet megtalálni, nem találtunk",
        alone="nem található",
    ),
    "is": Language(
        page="síða, síðan, síðu, vefsíða, vefsíðan",
        thing="skjal, skjalið, skrá, efni",
        gone="fannst ekki, finnst ekki, fannst því miður ekki, er ekki til, er ekki lengur til, ekki fundin",
        alone="fannst ekki",
    ),
    "it": Language(
        page="pagina",
        thing="documento, file, contenuto, risorsa",
        gone="non trovat~, non è stat~ trovat~, non è trovat~, non esiste, non esiste più, inesistente, "
        "non disponibile, non è disponibile, non è più disponibile, impossibile trovare, "
        "non può essere trovat~, non presente",
        alone="non trovato, non trovata",
    ),
    "lt": Language(
        page="puslapis, puslapio, puslapį, tinklalapis, tinklalapio",
        thing="dokumentas, dokumento, failas, turinys",
        gone="nerast~, neegzistuoja, nebeegzistuoja, nebuvo rast~, nepavyko rasti, rasti nepavyko, nerandam~, "
        "tokio puslapio nėra, puslapio nėra, nėra tokio puslapio, nepasiekiam~",
        alone="nerasta, nerastas",
    ),
    "lv": Language(
        page="lapa, lapu, lapas, mājaslapa",
        thing="dokuments, fails, saturs",
        gone="nav atrast~, netika atrast~, nav atrodam~, neeksistē, vairs neeksistē, nepastāv, nav pieejam~, "
        "nevar atrast, nevarēja atrast, neizdevās atrast, netiek atrast~",
        alone="nav atrasts, nav atrasta",
    ),
    "mt": Language(
        page="paġna",
        thing="dokument, fajl, kontenut",
        gone="ma nstabitx, ma nstabx, ma nstabux, ma teżistix, ma jeżistix, ma tinsabx, ma tinstabx, ma sibniex, "
        "ma stajniex insibu, ma nistgħux insibu, mhux misjub~, mhix disponibbli, mhijiex disponibbli, "
        "ma setgħetx tinstab, ma tinstab imkien, mhux disponibbli",
        alone="ma nstabx, ma nstabitx",
    ),
    "nl": Language(
        page="pagina, webpagina",
        thing="document, bestand, inhoud",
        gone="niet gevonden, niet vinden, niet … gevonden, niet worden gevonden, niet beschikbaar, "
        "niet meer beschikbaar, bestaat niet, bestaat niet meer, niet bestaat, niet meer bestaat, bestaat helaas niet, "
        "niet langer beschikbaar, onvindbaar",
        alone="niet gevonden",
    ),
    "no": Language(
        page="side, siden, sida, nettside, nettsiden, nettsida",
        thing="dokument, dokumentet, fil, filen, fila, innhold, innholdet",
        gone="ikke funnet, ble ikke funnet, finnes ikke, finnes dessverre ikke, ikke finnes, ikke finne, fant ikke, "
        "finner ikke, fant dessverre ikke, eksisterer ikke, ikke eksisterer, ikkje funnen, finst ikkje, fann ikkje, "
        "finn ikkje, ikkje finne, eksisterer ikkje",
        alone="ikke funnet, ikkje funnen",
    ),
    "pl": Language(
        page="strona, strony, stronę, podstrona",
        thing="dokument, dokumentu, plik, pliku, treść, zasób, zasobu",
        gone="nie znaleziono, nie została znaleziona, nie została odnaleziona, nie odnaleziono, nie istnieje, "
        "już nie istnieje, nie można odnaleźć, nie można znaleźć, nie udało się znaleźć, nie udało się odnaleźć, "
        "nie znaleziona, nie odnaleziona, nieznaleziona, nie jest dostępna, brak strony, nie został znaleziony",
        alone="nie znaleziono",
    ),
    "pt": Language(
        page="página",
        thing="documento, ficheiro, arquivo, conteúdo, recurso",
        gone="não encontrad~, não foi encontrad~, não existe, já não existe, não foi possível encontrar, "
        "não pôde ser encontrad~, não se encontra disponível, inexistente, não está disponível, "
        "não conseguimos encontrar",
        alone="não encontrado, não encontrada",
    ),
    "ro": Language(
        page="pagina, paginii",
        thing="documentul, document, fișierul, fişierul, conținutul, conţinutul, resursa",
        gone="nu a fost găsit~, nu a putut fi găsit~, nu poate fi găsit~, nu există, nu mai există, negăsit~, "
        "inexistent~, nu este disponibil~, nu mai este disponibil~, nu s-a găsit, nu am găsit, nu am putut găsi",
        alone="nu a fost găsit, nu a fost găsită, negăsit",
    ),
    "sk": Language(
        page="stránka, stránku, stránky, strana, stranu",
        thing="dokument, súbor, obsah",
        gone="nenájden~, nebol~ nájden~, sa nenašl~, nenašl~ sa, neexistuje, už neexistuje, nemožno nájsť, "
        "nie je možné nájsť, nepodarilo sa nájsť, sa nepodarilo nájsť, nepodarilo … nájsť, nenašli, nenašli sme, "
        "nie je dostupná",
        alone="nenájdené, nenájdená",
    ),
    "sl": Language(
        page="stran, strani, stranjo, stranica",
        thing="dokument, datoteka, vsebina",
        gone="ni najden~, ni bil~ najden~, ne obstaja, ne obstaja več, več ne obstaja, ni mogoče najti, "
        "ni bilo mogoče najti, ne najdemo, nismo našli, ni na voljo, ni več na voljo, ne najdem",
        alone="ni najdeno, ni najdena",
    ),
    "sv": Language(
        page="sida, sidan, webbsida, webbsidan",
        thing="dokument, dokumentet, fil, filen, innehåll, innehållet",
        gone="hittades inte, hittades ej, hittades tyvärr inte, inte hittas, ej hittas, inte hitta, hittar inte, "
        "hittade inte, inte … hittas, finns inte, finns ej, finns tyvärr inte, inte finns, inte längre finns, "
        "finns inte längre, existerar inte, inte existerar, ej funnen, inte hittad, inte tillgänglig",
        alone="hittades inte, hittades ej, sidan saknas",
    ),
}  # fmt: skip
"""By the code of the language."""
