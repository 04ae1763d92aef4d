"""What servers say instead of a document, in the languages of the EU and the UK; and titles of documents that do not.

A title is tried as a whole page, as the title beside the name of a site, and in capitals without accents.
"""

import unicodedata

import pytest

from crawler.model import Link
from crawler.protocols import soft_errors
from crawler.protocols.soft_errors import phrases
from tests.protocols.test_response_checks import answer, refused

OFFICIAL = {
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl",
    "pt", "ro", "sk", "sl", "sv", "cy",
}  # fmt: skip

MISSING = {
    "bg": ["Страницата не е намерена", "Търсената от Вас страница не беше намерена", "Грешка 404"],
    "cs": ["Stránka nenalezena", "Požadovaná stránka neexistuje", "Stránku se nepodařilo najít", "Chyba 404",
           "Dokument nebyl nalezen"],
    "cy": ["Tudalen heb ei chanfod", "Nid yw'r dudalen hon yn bodoli", "Ni allwn ddod o hyd i'r dudalen", "Gwall 404"],
    "da": ["Siden blev ikke fundet", "Siden findes desværre ikke", "Vi kan ikke finde siden", "Fejl 404"],
    "de": ["Seite nicht gefunden", "Die angeforderte Seite existiert leider nicht mehr", "Fehler 404",
           "Das angeforderte Dokument wurde nicht gefunden"],
    "el": ["Η σελίδα δεν βρέθηκε", "Η σελίδα που ζητήσατε δεν υπάρχει", "Σφάλμα 404"],
    "en": ["Page not found", "Sorry, we can’t find that page", "410 Gone", "Error 404: page not found",
           "The requested document could not be found"],
    "es": ["Página no encontrada", "La página solicitada no existe", "No se ha encontrado la página"],
    "et": ["Lehte ei leitud", "Sellist lehte ei ole olemas", "Viga 404"],
    "fi": ["Sivua ei löytynyt", "Hakemaasi sivua ei ole olemassa", "Virhe 404"],
    "fr": ["Page introuvable", "La page que vous recherchez n’existe plus", "Erreur 404",
           "Le document demandé est introuvable"],
    "ga": ["Leathanach gan aimsiú", "Ní bhfuarthas an leathanach", "Níl an leathanach seo ann", "Earráid 404"],
    "gd": ["Cha deach an duilleag a lorg"],
    "hr": ["Stranica nije pronađena", "Tražena stranica ne postoji", "Greška 404"],
    "hu": ["Az oldal nem található", "A keresett lap nem létezik", "Hiba 404"],
    "is": ["Síðan fannst ekki"],
    "it": ["Pagina non trovata", "La pagina richiesta non esiste", "Errore 404"],
    "lt": ["Puslapis nerastas", "Ieškomas puslapis neegzistuoja", "Klaida 404"],
    "lv": ["Lapa nav atrasta", "Šāda lapa neeksistē", "Kļūda 404"],
    "mt": ["Il-paġna ma nstabitx", "Il-paġna ma teżistix", "Żball 404"],
    "nl": ["Pagina niet gevonden", "Deze pagina bestaat niet meer", "Fout 404"],
    "no": ["Siden ble ikke funnet", "Vi fant ikke siden", "Sida finst ikkje", "Feil 404"],
    "pl": ["Strona nie została znaleziona", "Nie znaleziono strony", "Podana strona nie istnieje", "Błąd 404"],
    "pt": ["Página não encontrada", "A página que procura não existe", "Erro 404"],
    "ro": ["Pagina nu a fost găsită", "Pagina solicitată nu există", "Eroare 404"],
    "sk": ["Stránka sa nenašla", "Hľadaná stránka nebola nájdená", "Požadovaná stránka neexistuje"],
    "sl": ["Stran ni najdena", "Iskana stran ne obstaja", "Napaka 404"],
    "sv": ["Sidan hittades inte", "Sidan du söker finns inte", "Vi kunde tyvärr inte hitta sidan", "Fel 404"],
}  # fmt: skip

CLOSED = {
    "bg": "Сайтът е в процес на поддръжка", "cs": "Probíhá údržba", "cy": "Gwaith cynnal a chadw",
    "da": "Hjemmesiden er under vedligeholdelse", "de": "Unsere Website ist vorübergehend nicht erreichbar",
    "el": "Ο ιστότοπος είναι υπό συντήρηση", "en": "This site is currently undergoing scheduled maintenance",
    "es": "Sitio en mantenimiento", "et": "Hooldustööd", "fi": "Huoltokatko", "fr": "Site en cours de maintenance",
    "ga": "Tá an suíomh faoi chothabháil", "hr": "Stranica je u održavanju", "hu": "Az oldal karbantartás alatt",
    "it": "Sito in manutenzione", "lt": "Svetainėje vyksta techniniai darbai", "lv": "Vietnē notiek tehniskie darbi",
    "mt": "Is-sit qed issir manutenzjoni", "nl": "Onze website is tijdelijk niet beschikbaar",
    "no": "Nettstedet er under vedlikehold", "pl": "Przerwa techniczna", "pt": "Site em manutenção",
    "ro": "Site în mentenanță", "sk": "Prebieha údržba", "sl": "Vzdrževalna dela", "sv": "Planerat underhåll",
}  # fmt: skip

FAILED = [
    "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "Error 504: Gateway Time-out",
    "Service temporarily unavailable", "We’ll be back soon!", "Sorry, there is a problem with the service",
    "Interner Serverfehler", "Une erreur est survenue", "Wystąpił błąd", "Your session has timed out",
    "The website encountered an unexpected error", "Your browser is not supported", "Buy this domain",
]  # fmt: skip

CHECKS = [
    "Ett ögonblick…", "Hetki vain...", "Chvíli strpení", "Egy pillanat…", "Μια στιγμή…", "Един момент…",
    "Nóiméad amháin", "Åtkomst nekad", "Adgang nægtet", "Pääsy estetty", "Přístup odepřen", "Hozzáférés megtagadva",
    "Δεν επιτρέπεται η πρόσβαση", "Достъпът е отказан", "Pristup odbijen", "Prístup odmietnutý", "Dostop zavrnjen",
    "Juurdepääs keelatud", "Piekļuve liegta", "Prieiga uždrausta", "Aċċess miċħud", "Rochtain diúltaithe",
    "Mynediad wedi'i wrthod", "Ingen tilgang", "Acces interzis", "Odmowa dostępu", "Acesso negado", "Accès refusé",
]  # fmt: skip

DOCUMENTS = [
    "Information page for families of missing people", "Missing children: what to do", "Gone",
    "Page 404 of the report", "Web page guidance on trafficking", "Evidence not found: why prosecutions fail",
    "A resource for frontline staff", "Documents found at the scene", "Documents about people who were not found",
    "No page left unturned", "Content not found in earlier editions of the report on victims", "Regulation 404/2009",
    "Section 410", "Article 500", "404 victims identified in 2025", "Status 2025", "Code of practice",
    "Error in judgment: a case review", "På andra sidan gränsen: rapport om människohandel", "Dokumentet som saknas",
    "Personer som saknas", "Strony umowy nie istnieją w rejestrze", "Strana, která není obětí", "Sivullisten rooli",
    "Lapa par upuriem", "La page se tourne: rapport annuel", "Die andere Seite des Menschenhandels",
    "Egy oldal az áldozatokról", "Leathanach eolais: daoine ar iarraidh", "Η άλλη σελίδα της εμπορίας",
    "Страница за жертвите", "Child maintenance", "Maintenance payments: guidance", "Maintenance of a register",
    "Access to justice denied", "Access denied: barriers to support for survivors", "A moment of change",
    "Services unavailable to victims", "Robots and forced labour", "Site visits: what inspectors look for",
    "Errors in decisions of the NRM", "Website blocking orders", "System change: an evaluation",
    "The service was down: lessons of an outage",
]  # fmt: skip


def page(title: str, words: str = "Sorry.") -> str:
    return f"<html><head><title>{title} - Sample Office</title></head><body><p>{words}</p></body></html>"


def capitals(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.upper()


def test_every_official_language_is_known_and_tried() -> None:
    assert phrases("gone").keys() >= OFFICIAL and phrases("closed").keys() >= OFFICIAL
    assert MISSING.keys() == phrases("gone").keys()
    assert CLOSED.keys() == phrases("closed").keys()


@pytest.mark.parametrize("title", [title for titles in MISSING.values() for title in titles])
def test_a_title_that_says_that_a_page_is_missing(title: str) -> None:
    assert refused(answer(page(title))) == "soft404"
    assert refused(answer(page(capitals(title)))) == "soft404"
    assert (
        refused(answer(f"<title>Sample Office</title><nav>{'Menu ' * 200}</nav><h1><b>{title}</b></h1>")) == "soft404"
    )
    assert refused(answer(page(title, "Words of a report. " * 1000))) == ""


@pytest.mark.parametrize("title", [*CLOSED.values(), *FAILED])
def test_a_title_that_says_that_a_site_is_closed_or_failed(title: str) -> None:
    assert refused(answer(page(title))) == "error"
    assert refused(answer(page(capitals(title)))) == "error"
    assert refused(answer(page(title, "Words of a report. " * 200))) == ""


@pytest.mark.parametrize("title", CHECKS)
@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_title_of_a_robot_check(title: str, status: int) -> None:
    assert refused(answer(page(title), status)) == "challenge"
    assert refused(answer(page(title, "Words of a report. " * 200))) == ""


@pytest.mark.parametrize("title", DOCUMENTS)
def test_a_title_of_a_document_passes_however_short_it_is(title: str) -> None:
    assert refused(answer(page(title, "A summary of a report."))) == ""
    assert refused(answer(f"<title>{title}</title><h1>{title}</h1>")) == ""


@pytest.mark.parametrize(
    ("words", "media_type", "kind"),
    [("502 Bad Gateway\n", "text/plain", "error"), ('{"error": "not found", "code": 404}', "text/html", "soft404"),
     ("There has been a critical error on this website.", "text/html", "error"),
     ("Gone to the coast: a poem about a page", "text/plain", "")],
)  # fmt: skip
def test_a_few_words_without_a_title_are_looked_at_as_one(words: str, media_type: str, kind: str) -> None:
    assert refused(answer(words, media_type=media_type)) == kind
    assert refused(answer(f"{words} {'Words of a report. ' * 40}", media_type=media_type)) == ""


def test_a_word_alone_counts_where_there_is_nothing_else_to_read() -> None:
    assert refused(answer(page("Maintenance", "Back at noon."))) == "error"
    assert refused(answer(page("Maintenance", "What a parent pays for a child. " * 20))) == ""


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Children whose page was removed from the register", "soft404"), ("Scheduled maintenance", "error")],
)
def test_what_its_list_announced_under_this_title_is_the_document(title: str, kind: str) -> None:
    capture = answer(page(title))
    assert refused(capture) == kind
    link = Link(url=capture.url, role="document", facts={"title": title})
    assert refused(answer(page(title), link=link)) == ""
    announced = Link(url=capture.url, role="document", facts={"title": "Report of the year"})
    failed = "<html><head><title>Report of the year</title></head><body><h1>Service unavailable</h1></body></html>"
    assert refused(answer(failed, link=announced)) == "error"
    assert refused(answer(page("Document “Report of the year” was not found"), link=announced)) == "soft404"


@pytest.mark.parametrize(
    ("title", "encoding"),
    [("Stránka nebyla nalezena", "windows-1250"), ("Страницата не е намерена", "windows-1251"),
     ("Η σελίδα δεν βρέθηκε", "iso-8859-7"), ("Sidan kunde inte hittas – vänta", "windows-1252")],
)  # fmt: skip
def test_a_page_in_an_old_encoding(title: str, encoding: str) -> None:
    body = page(title.partition(" –")[0]).replace("<head>", f'<head><meta charset="{encoding}">').encode(encoding)
    assert refused(answer(body)) == "soft404"
    bare = page(title.partition(" –")[0]).encode(encoding)
    assert refused(answer(bare, media_type=f"text/html; charset={encoding}")) == "soft404"


def test_entities_in_a_title() -> None:
    assert refused(answer(page("P&aacute;gina no encontrada"))) == "soft404"
    assert refused(answer(page("Sivua ei l&#246;ytynyt"))) == "soft404"


def test_a_long_title_tells_of_something() -> None:
    assert soft_errors.says_missing("Page not found")
    assert not soft_errors.says_missing(f"Page not found: {'what visitors of official sites were told ' * 3}")
    assert not soft_errors.says_closed(f"Site under maintenance: {'what visitors of official sites were told ' * 3}")
