"""How the official languages of the EU and the UK say that a site is closed for now, or that its server failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How a language says that a site is closed for now.

    ``site`` are words for what is closed, and ``closed`` ways to say so. ``alone`` are whole titles; ``bare`` are those
    that are titles of documents, too, and count only where there is next to nothing else to read.
    """

    site: str
    closed: str
    alone: str
    bare: str = ""


LANGUAGES: Mapping[str, Language] = {
    "bg": Language(
        site="сайт, сайтът, сайта, страница, страницата, услугата, система, системата, портал, порталът",
        closed="в процес на поддръжка, поддръжка, профилактика, временно недостъп~, временно не е достъп~",
        alone="планова поддръжка, техническа профилактика, услугата не е достъпна, услугата е недостъпна, "
        "грешка в сървъра, вътрешна грешка на сървъра, възникна грешка",
        bare="поддръжка, профилактика, грешка",
    ),
    "cs": Language(
        site="stránka, stránky, web, webové, server, služba, systém, portál",
        closed="údržba, údržbu, v údržbě, mimo provoz, dočasně nedostupn~, odstávka",
        alone="plánovaná údržba, probíhá údržba, odstávka, plánovaná odstávka, služba nedostupná, "
        "služba není dostupná, "
        "chyba serveru, interní chyba serveru, došlo k chybě, nastala chyba, brzy budeme zpět",
        bare="údržba, chyba",
    ),
    "cy": Language(
        site="safle, gwefan, wefan, gwasanaeth, tudalen, system",
        closed="cynnal a chadw, ddim ar gael ar hyn o bryd, ddim ar gael dros dro",
        alone="gwaith cynnal a chadw, nid yw'r gwasanaeth ar gael, gwall gweinydd, gwall gweinydd mewnol, "
        "mae problem gyda'r gwasanaeth, mae'n ddrwg gennym mae problem gyda'r gwasanaeth",
        bare="gwall",
    ),
    "da": Language(
        site="siden, hjemmesiden, sitet, tjenesten, systemet, webstedet",
        closed="vedligeholdelse, midlertidigt utilgængelig~, midlertidigt ude af drift, midlertidigt nede",
        alone="planlagt vedligeholdelse, vedligeholdelse i gang, under vedligeholdelse, intern serverfejl, serverfejl, "
        "der opstod en fejl, der er opstået en fejl, vi er snart tilbage, tjenesten er ikke tilgængelig",
        bare="vedligeholdelse, fejl",
    ),
    "de": Language(
        site="seite, website, webseite, service, dienst, system, portal, server, webauftritt",
        closed="wird gewartet, in wartung, im wartungsmodus, wartungsarbeiten, vorübergehend nicht, derzeit nicht "
        "erreichbar, derzeit nicht verfügbar, zurzeit nicht erreichbar, zurzeit nicht verfügbar, "
        "momentan nicht erreichbar, momentan nicht verfügbar",
        alone="wartungsarbeiten, wartungsmodus, geplante wartung, geplante wartungsarbeiten, wir sind bald zurück, "
        "wir sind gleich zurück, interner serverfehler, serverfehler, ein fehler ist aufgetreten, "
        "es ist ein fehler aufgetreten, dienst nicht verfügbar, service nicht verfügbar",
        bare="wartung, fehler",
    ),
    "el": Language(
        site="ιστότοπος, σελίδα, ιστοσελίδα, υπηρεσία, σύστημα, διακομιστής",
        closed="υπό συντήρηση, σε συντήρηση, εργασίες συντήρησης, εργασιών συντήρησης, προσωρινά μη διαθέσιμ~, "
        "εκτός λειτουργίας, προσωρινά δεν είναι διαθέσιμ~",
        alone="εργασίες συντήρησης, προγραμματισμένη συντήρηση, υπό συντήρηση, η υπηρεσία δεν είναι διαθέσιμη, "
        "εσωτερικό σφάλμα διακομιστή, σφάλμα διακομιστή, παρουσιάστηκε σφάλμα, προέκυψε σφάλμα",
        bare="συντήρηση, σφάλμα",
    ),
    "en": Language(
        site="site, website, service, system, server, page, portal, we, we're",
        closed="under maintenance, undergoing maintenance, undergoing … maintenance, down for maintenance, "
        "down for … maintenance, temporarily unavailable, currently unavailable, temporarily offline, "
        "temporarily down, "
        "temporarily out of service, experiencing technical difficulties, having technical difficulties",
        alone="maintenance mode, scheduled maintenance, planned maintenance, essential maintenance, site maintenance, "
        "website maintenance, system maintenance, maintenance in progress, under maintenance, down for maintenance, "
        "service unavailable, service temporarily unavailable, temporarily unavailable, site unavailable, "
        "website unavailable, page unavailable, we'll be back soon, we will be back soon, we'll be right back, "
        "we'll be back shortly, internal server error, server error, bad gateway, gateway timeout, gateway time-out, "
        "application error, runtime error, an error occurred, an error has occurred, something went wrong, "
        "sorry something went wrong, service error, sorry there is a problem with the service, technical difficulties, "
        "sorry the service is unavailable, there is a problem with the service, database error, too many requests, "
        "error establishing a database connection, welcome to nginx, account suspended",
        bare="maintenance, error, bad request, under construction",
    ),
    "es": Language(
        site="sitio, página, web, servicio, portal, sistema",
        closed="en mantenimiento, labores de mantenimiento, tareas de mantenimiento, temporalmente no disponible, "
        "no disponible temporalmente, temporalmente fuera de servicio",
        alone="en mantenimiento, mantenimiento programado, tareas de mantenimiento, servicio no disponible, "
        "error interno del servidor, se ha producido un error, ha ocurrido un error, volvemos pronto",
        bare="mantenimiento",
    ),
    "et": Language(
        site="leht, lehel, veebileht, veebilehel, sait, teenus, süsteem",
        closed="hooldus, hooldusel, hooldustöö~, ajutiselt kättesaamatu, ajutiselt ei ole kättesaadav, "
        "ajutiselt suletud",
        alone="hooldustööd, plaaniline hooldus, serveri viga, sisemine serveri viga, tekkis viga, ilmnes viga, "
        "teenus pole saadaval, teenus ei ole saadaval",
        bare="hooldus, viga",
    ),
    "fi": Language(
        site="sivusto, sivustolla, sivu, palvelu, palvelussa, järjestelmä, verkkopalvelu",
        closed="huoltokatko, huoltotauko, huollossa, huoltotöitä, poissa käytöstä, ei ole käytettävissä",
        alone="huoltokatko, huoltotauko, huoltotyöt, palvelu ei ole käytettävissä, palvelu ei käytettävissä, "
        "palvelinvirhe, sisäinen palvelinvirhe, tapahtui virhe, palaamme pian",
        bare="huolto, virhe",
    ),
    "fr": Language(
        site="site, service, page, portail, serveur",
        closed="en maintenance, en cours de maintenance, temporairement indisponible, momentanément indisponible, "
        "actuellement indisponible, temporairement inaccessible",
        alone="en maintenance, maintenance en cours, opération de maintenance, maintenance programmée, "
        "service indisponible, site indisponible, temporairement indisponible, erreur interne du serveur, "
        "erreur serveur, une erreur est survenue, une erreur s'est produite",
        bare="maintenance, erreur",
    ),
    "ga": Language(
        site="suíomh, leathanach, seirbhís, tseirbhís, córas",
        closed="faoi chothabháil, á chothabháil, as feidhm go sealadach, níl … ar fáil faoi láthair",
        alone="cothabháil sceidealta, cothabháil phleanáilte, faoi chothabháil, tharla earráid, earráid freastalaí, "
        "níl an tseirbhís ar fáil",
        bare="cothabháil, earráid",
    ),
    "hr": Language(
        site="stranica, stranice, web, sustav, servis, usluga, portal",
        closed="održavanje, u održavanju, održavanju, privremeno nedostup~, trenutno nedostup~, trenutačno nedostup~",
        alone="održavanje u tijeku, planirano održavanje, redovito održavanje, usluga nedostupna, "
        "usluga nije dostupna, greška poslužitelja, došlo je do pogreške, došlo je do greške, dogodila se pogreška",
        bare="održavanje, greška, pogreška",
    ),
    "hu": Language(
        site="oldal, weboldal, honlap, szolgáltatás, rendszer, szerver",
        closed="karbantartás, karbantartás alatt, átmenetileg nem elérhető, jelenleg nem elérhető, "
        "átmenetileg nem érhető el, jelenleg nem érhető el",
        alone="karbantartás alatt, tervezett karbantartás, a szolgáltatás nem elérhető, szerverhiba, "
        "belső szerverhiba, hiba történt, hamarosan visszatérünk",
        bare="karbantartás, hiba",
    ),
    "it": Language(
        site="sito, pagina, servizio, portale, sistema",
        closed="in manutenzione, in corso di manutenzione, temporaneamente non disponibile, "
        "momentaneamente non disponibile, al momento non disponibile",
        alone="in manutenzione, manutenzione in corso, manutenzione programmata, servizio non disponibile, "
        "errore interno del server, si è verificato un errore, torniamo presto",
        bare="manutenzione, errore",
    ),
    "lt": Language(
        site="puslapis, svetainė, svetainėje, sistema, paslauga, portalas",
        closed="techniniai darbai, profilaktikos darbai, priežiūros darbai, laikinai neveikia, laikinai nepasiekiam~",
        alone="techniniai darbai, profilaktikos darbai, techninė priežiūra, serverio klaida, vidinė serverio klaida, "
        "įvyko klaida, paslauga nepasiekiama",
        bare="klaida",
    ),
    "lv": Language(
        site="lapa, lapā, vietne, mājaslapa, pakalpojums, sistēma",
        closed="apkope, tehniskie darbi, īslaicīgi nav pieejam~, pašlaik nav pieejam~, uzlabošanas darbi",
        alone="tehniskā apkope, tehniskie darbi, plānotā apkope, notiek apkope, servera kļūda, "
        "iekšēja servera kļūda, radās kļūda, notikusi kļūda, pakalpojums nav pieejams",
        bare="apkope, kļūda",
    ),
    "mt": Language(
        site="sit, paġna, servizz, sistema",
        closed="taħt manutenzjoni, qed issir manutenzjoni, manutenzjoni, mhux disponibbli bħalissa",
        alone="manutenzjoni ppjanata, żball tas-server, żball intern tas-server, is-servizz mhux disponibbli, "
        "seħħ żball",
        bare="manutenzjoni, żball",
    ),
    "nl": Language(
        site="site, website, pagina, dienst, systeem, server",
        closed="in onderhoud, wegens onderhoud, onderhoud, tijdelijk niet beschikbaar, tijdelijk niet bereikbaar",
        alone="gepland onderhoud, onderhoudsmodus, onderhoudswerkzaamheden, in onderhoud, we zijn zo terug, "
        "interne serverfout, er is een fout opgetreden, dienst niet beschikbaar",
        bare="onderhoud, fout",
    ),
    "no": Language(
        site="nettstedet, siden, nettsiden, nettsidene, tjenesten, systemet",
        closed="vedlikehold, midlertidig utilgjengelig, midlertidig nede, er nede",
        alone="planlagt vedlikehold, vedlikehold pågår, under vedlikehold, intern serverfeil, serverfeil, "
        "det oppstod en feil, det har oppstått en feil, vi er snart tilbake, tjenesten er ikke tilgjengelig",
        bare="vedlikehold, feil",
    ),
    "pl": Language(
        site="strona, serwis, witryna, portal, usługa, system",
        closed="przerwa techniczna, prace techniczne, prace konserwacyjne, prace serwisowe, konserwacja, "
        "chwilowo niedostępn~, tymczasowo niedostępn~, w trakcie konserwacji",
        alone="przerwa techniczna, prace techniczne, prace konserwacyjne, prace serwisowe, usługa niedostępna, "
        "serwis niedostępny, strona niedostępna, wewnętrzny błąd serwera, błąd serwera, wystąpił błąd, "
        "zaraz wracamy, wkrótce wracamy",
        bare="konserwacja, błąd",
    ),
    "pt": Language(
        site="site, sítio, página, serviço, portal, sistema",
        closed="em manutenção, temporariamente indisponível, temporariamente fora de serviço",
        alone="em manutenção, manutenção programada, serviço indisponível, erro interno do servidor, ocorreu um erro, "
        "voltamos já, voltamos em breve",
        bare="manutenção, erro",
    ),
    "ro": Language(
        site="site, siteul, pagina, serviciul, sistemul, portalul",
        closed="mentenanță, mentenanţă, în întreținere, lucrări de întreținere, temporar indisponibil~, "
        "momentan indisponibil~",
        alone="în mentenanță, lucrări de mentenanță, mentenanță programată, lucrări de întreținere, "
        "serviciu indisponibil, eroare de server, eroare internă a serverului, eroare internă de server, "
        "a apărut o eroare, revenim în curând",
        bare="mentenanță, eroare",
    ),
    "sk": Language(
        site="stránka, stránky, web, webové, server, služba, systém, portál",
        closed="údržba, údržbu, mimo prevádzky, dočasne nedostupn~, odstávka",
        alone="plánovaná údržba, prebieha údržba, odstávka, plánovaná odstávka, služba nedostupná, "
        "služba nie je dostupná, chyba servera, interná chyba servera, vyskytla sa chyba, nastala chyba",
        bare="údržba, chyba",
    ),
    "sl": Language(
        site="stran, spletišče, storitev, sistem, strežnik, portal",
        closed="vzdrževanje, v vzdrževanju, vzdrževalna dela, začasno ni na voljo, začasno nedosegljiv~, "
        "trenutno ni na voljo",
        alone="vzdrževanje v teku, načrtovano vzdrževanje, vzdrževalna dela, storitev ni na voljo, napaka strežnika, "
        "notranja napaka strežnika, prišlo je do napake",
        bare="vzdrževanje, napaka",
    ),
    "sv": Language(
        site="sidan, webbplatsen, webbsidan, sajten, tjänsten, systemet",
        closed="underhåll, tillfälligt otillgänglig~, tillfälligt stängd, tillfälligt nere, ligger nere",
        alone="planerat underhåll, pågående underhåll, underhållsarbete, driftstopp, driftstörning, "
        "tjänsten är inte tillgänglig, internt serverfel, serverfel, ett fel har uppstått, ett fel uppstod, "
        "vi är snart tillbaka",
        bare="underhåll, fel",
    ),
}  # fmt: skip
"""By the code of the language."""
