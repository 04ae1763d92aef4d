"""Titles of robot checks, and of what stands where one was not passed, in the official languages of the EU and UK."""

from __future__ import annotations

from crawler.protocols.soft_errors.normalise import WORD, listed, plain

_WHOLE = (
    # One moment, please.
    "just a moment, one moment please, един момент, момент моля, chvíli strpení, okamžik prosím, moment prosím, "
    "un eiliad, et øjeblik, lige et øjeblik, vent venligst, nur einen moment, einen moment bitte, μια στιγμή, "
    "μισό λεπτό, περιμένετε, un momento, espere un momento, üks hetk, oota hetk, hetki vain, hetkinen, odota hetki, "
    "un instant, un moment, nóiméad amháin, fan nóiméad, samo trenutak, trenutak molimo, pričekajte trenutak, "
    "egy pillanat, egy pillanat türelmet, ci siamo quasi, attendere prego, palaukite, vieną akimirką, "
    "vienu mirkli, uzgaidiet, lūdzu uzgaidiet, mument, stenna ftit, een moment geduld, een ogenblik, even geduld, "
    "et øyeblikk, vennligst vent, chwileczkę, cierpliwości, proszę czekać, só um momento, um momento, aguarde, "
    "o clipă, un moment vă rugăm, chvíľočku, okamih prosím, chvíľu strpenia, samo trenutek, počakajte trenutek, "
    "ett ögonblick, vänta lite, "
    # Access denied.
    "достъпът е отказан, достъп отказан, přístup odepřen, přístup odmítnut, přístup byl odepřen, "
    "mynediad wedi'i wrthod, "
    "adgang nægtet, zugriff verweigert, zugang verweigert, zugriff gesperrt, η πρόσβαση απορρίφθηκε, "
    "δεν επιτρέπεται η πρόσβαση, απαγορεύεται η πρόσβαση, άρνηση πρόσβασης, acceso denegado, juurdepääs keelatud, "
    "ligipääs keelatud, pääsy estetty, pääsy evätty, käyttö estetty, accès refusé, accès interdit, "
    "rochtain diúltaithe, "
    "diúltaíodh rochtain, pristup odbijen, pristup zabranjen, pristup je odbijen, hozzáférés megtagadva, "
    "a hozzáférés megtagadva, accesso negato, prieiga uždrausta, prieiga draudžiama, piekļuve liegta, "
    "piekļuve aizliegta, aċċess miċħud, toegang geweigerd, toegang geblokkeerd, ingen tilgang, tilgang nektet, "
    "odmowa dostępu, dostęp zabroniony, dostęp zablokowany, acesso negado, acesso recusado, acces interzis, "
    "acces refuzat, prístup odmietnutý, prístup zamietnutý, prístup odopretý, dostop zavrnjen, dostop onemogočen, "
    "åtkomst nekad, åtkomst nekas, "
    # Are you a robot? Show that you are human.
    "ты робот, робот ли сте, потвърдете че сте човек, jste robot, nejste robot, ověřte že jste člověk, "
    "potvrďte že nejste robot, er du en robot, bekræft at du er et menneske, bekræft at du ikke er en robot, "
    "sind sie ein mensch, sind sie ein roboter, bestätigen sie dass sie ein mensch sind, "
    "bestätigen sie dass sie kein roboter sind, είστε ρομπότ, δεν είμαι ρομπότ, επαληθεύστε ότι είστε άνθρωπος, "
    "eres un robot, es usted un robot, verifica que eres humano, verifique que es humano, no soy un robot, "
    "kas sa oled robot, kas olete robot, kinnita et oled inimene, oletko robotti, vahvista että olet ihminen, "
    "êtes-vous un robot, êtes-vous humain, je ne suis pas un robot, vérification que vous êtes humain, "
    "vérifiez que vous êtes humain, an róbat thú, jeste li robot, potvrdite da niste robot, "
    "potvrdite da ste čovjek, ön robot, nem vagyok robot, igazolja hogy ön ember, sei un robot, sei umano, "
    "verifica di essere umano, non sono un robot, ar jūs robotas, patvirtinkite kad esate žmogus, "
    "vai jūs esat robots, apstipriniet ka esat cilvēks, inti robot, bent u een robot, ben je een robot, "
    "bevestig dat u een mens bent, ik ben geen robot, bekreft at du er et menneske, bekreft at du ikke er en robot, "
    "czy jesteś robotem, nie jestem robotem, potwierdź że jesteś człowiekiem, potwierdź że nie jesteś robotem, "
    "sprawdzanie przeglądarki, é um robô, é um robot, você é um robô, não sou um robô, confirme que é humano, "
    "ești robot, nu sunt robot, verificați că sunteți om, ste robot, nie ste robot, overte že ste človek, "
    "potvrďte že nie ste robot, ste robot, potrdite da ste človek, potrdite da niste robot, är du en robot, "
    "bekräfta att du är en människa, bekräfta att du inte är en robot"
)
_TITLES = frozenset(" ".join(WORD.findall(each)) for each in listed(_WHOLE))


def says_check(title: str) -> bool:
    """Return whether a title is that of a robot check, or says that access is denied.

    >>> says_check("Hetki vain…"), says_check("Access to justice")
    (True, False)
    """
    return " ".join(WORD.findall(plain(title))) in _TITLES
