"""What columns of deal lists and words in them are called, in English, German, French, Spanish and Italian: guesses."""

import re
from collections.abc import Iterable, Sequence

from dealtrack.exchange.layout import folded
from dealtrack.text.words import unaccented

# Each fact with patterns that the name of its column holds, without accents; the first fact that fits a column has it.
# The first pattern of a fact is English, the second German, the third French, Spanish and Italian.
_NAMED: tuple[tuple[str, str, str, str], ...] = (
    ("currency", r"currency", r"w(a|ae)hrung", r"devise|moneda|divisa|valuta"),
    ("about", r"(size|value|amount) status|estimated", r"gesch(a|ae)tzt", r"estime|estimad|stimat"),
    ("url", r"\burl\b|\blink\b|web ?page|^source$", r"^quelle$", r"^lien$|enlace|^fuente$|^fonte$"),
    ("publisher", r"publisher|newspaper|outlet", r"herausgeber|zeitung", r"editeur|journal|periodico|giornale|testata"),
    ("identity", r"\buuid\b|\b(deal|record|transaction) ?(id|no|number|nr)\b|^(id|no|nr|ref|reference)\.?$",
     r"lfd\.? ?nr|kennung|referenz", r"^n[\u00b0\u00ba.]$|identifi(ant|cador|cativo)|referencia|riferimento|numero"),
    ("expected", r"expected|planned", r"erwartet|geplant|voraussicht", r"prevu|attendu|previst|esperad|attes[ao]\b"),
    ("rumored", r"rumou?r", r"ger(u|ue)cht", r"rumeur|indiscrezion"),
    ("ended", r"withdrawn|terminat|cancel|\bended|postponed", r"abgebrochen|beendet", r"annul|abandon|retirad|ritirat"),
    ("completed", r"(complet|clos|effective|settle)\w*", r"abschlu|abgeschlossen|vollzug|vollzogen",
     r"cloture|finalis|realisation|cierre|cerrad|chiusura|perfezionament|conclu"),
    ("announced", r"announce|signed|agreed", r"bekannt|angek(u|ue)ndigt|ank(u|ue)ndigung|unterzeichn",
     r"signatu|annonce|anuncio|anunciad|annunci|(fecha|data) (de |della |di )?firma"),
    ("announced", r"\bdate\b|\bon\b", r"datum", r"fecha|^data$|^data (di|del|della|dell')\b"),
    ("completed", r"\bdate\b", r"datum", r"fecha"),
    ("status", r"status|state\b|stand\b", r"zustand", r"statut|^etat|estado|situacion|^stato"),
    ("type", r"\btype\b|\bkind\b|\bform\b|category", r"^art$|^art der|transaktionsart|kategorie",
     r"categori|^nature|^tipo"),
    ("sectors", r"sector|industry|vertical", r"branche", r"industrie|secteur|settore"),
    ("lead-investor", r"lead", r"federf(u|ue)hrend", r"chef de file"),
    ("investor", r"investor", r"kapitalgeber|geldgeber", r"investisseur|inversor|inversionista|investitor"),
    ("buyer", r"acquir(er|or)|buyer|bidder|purchaser", r"(?<!ver)k(a|ae)ufer|erwerber|bieter",
     r"acquereur|acheteur|repreneur|adquirente|adquirient|comprador|acquirente|compratore|offerente"),
    ("seller", r"seller|vendor", r"verk(a|ae)ufer|ver(a|ae)u(ss|\u00df)erer", r"vendeur|cedant|vendedor|venditor"),
    ("partner", r"partner", r"partner", r"partenaire|\bsoci[oa]s?\b"),
    ("target", r"target|acquiree|company|companies|organi[sz]ation|issuer",
     r"ziel|\bfirma\b|unternehmen|gesellschaft|emittent",
     r"cible|societe|entreprise|objetivo|empresa|sociedad|societa|azienda"),
    ("stake", r"stake|percent|% of|%", r"anteil|beteiligung",
     r"participation|pourcentage|participacion|porcentaje|partecipazione|quota"),
    ("value", r"value|price|amount|\bsize\b|raised", r"(?<!be)wert|betrag|volumen|preis|summe",
     r"valeur|montant|\bprix|valor|importe|\bmonto\b|precio|importo|prezzo"),
    ("title", r"title|headline|\bname\b", r"titel|bezeichnung", r"titre|intitule|titulo|titolo|^nom$|^nombre$|^nome$"),
    ("note", r"note|comment|synopsis|description|remark", r"notiz|bemerkung|anmerkung|kommentar|beschreibung",
     r"observa|comentario|descripcion|descrizione|osservazion"),
)  # fmt: skip

# Kinds of deals by words that tell them.
_TYPES: tuple[tuple[str, str], ...] = (
    (r"joint venture|gemeinschaftsunternehmen|coentreprise|empresa conjunta", "partnership/joint-venture"),
    (r"merger of|^merge|^fusion|verschmelzung", "acquisition/merger"),
    (r"asset", "acquisition/asset-purchase"),
    (r"acqui|buy-?out|takeover|merger|\blbo\b", "acquisition/acquisition"),
    (r"(u|ue)bernahme|\bkauf|rachat|adquisicion|compra", "acquisition/acquisition"),
    (r"\bipo\b|public offering|b(o|oe)rsengang|introduction en bourse|salida a bolsa|quotazione", "equity-stake/ipo"),
    (r"round|series|seed|venture|\bvc\b|angel|funding|capital|finanzierung|levee de fonds|\bronda\b",
     "equity-stake/funding-round"),
    (r"minority|stake|minderheit|minorit|beteiligung", "equity-stake/minority-stake"),
    (r"partner|alliance|agreement|kooperation|partenariat|alianza|alleanza|accordo|acuerdo", "partnership"),
)  # fmt: skip

# What a deal's state is called where it is not English.
_STATUSES = {
    word: status
    for status, words in {
        "rumored": "gerucht, geruecht, rumeur, rumor, indiscrezione",
        "talks": "in verhandlung, verhandlungen, en negociation, en negociacion, in trattativa",
        "agreed": "angekundigt, angekuendigt, vereinbart, unterzeichnet, annonce, annoncee, signe, signee, anunciado, "
                  "anunciada, firmado, acordado, annunciato, annunciata, firmato",
        "completed": "abgeschlossen, vollzogen, conclu, conclue, cloture, finalise, finalisee, realise, realisee, "
                     "completado, completada, cerrado, cerrada, completato, completata, concluso, chiuso, perfezionato",
        "rejected": "abgelehnt, refuse, rejete, rechazado, rechazada, respinto, respinta",
        "withdrawn": "zuruckgezogen, zurueckgezogen, retire, retiree, retirado, retirada, ritirato, ritirata",
        "terminated": "abgebrochen, gescheitert, abandonne, abandonnee, annule, annulee, cancelado, cancelada, "
                      "annullato, annullata",
    }.items()
    for word in words.split(", ")
}  # fmt: skip

_UNITS = (
    (r"\bbn\b|billion|\bmrd\b|\bmld\b|milliard|miliard|mil(es de)? millones", "billions"),
    (r"mil\b|million|millon|milion|\bmio\b|\bmln\b|\bm\b|\bm[\u20ac$\u00a3]", "millions"),
    (r"\bth\b|thousand|tausend|\btsd\b|millier|\bmiles\b|migliaia|\bk\b", "thousands"),
)


def plain(words: str) -> str:
    """Words as they are looked up: in small letters, without accents."""
    return unaccented(folded(words))


def facts_of(names: Sequence[str]) -> dict[str, str]:
    """The column of each fact, as far as the names tell."""
    found: dict[str, str] = {}
    for fact, *patterns in _NAMED:
        left = (name for name in names if name not in found.values() and fact not in found)
        fitting = next((name for name in left if _names(patterns, name)), None)
        if fitting is not None:
            found[fact] = fitting
    return found


def _names(patterns: Iterable[str], name: str) -> bool:
    return any(re.search(pattern, plain(name)) for pattern in patterns)


def look_like_names(cells: Sequence[str]) -> bool:
    """Whether cells may be the names of a deal list's columns: half of them, and two at the least, name a fact."""
    names = [cell for cell in dict.fromkeys(cells) if cell and len(cell) <= _LONGEST]
    told = sum(1 for name in names if any(_names(patterns, name) for _, *patterns in _NAMED))
    return told >= _FEWEST and 2 * told >= len(cells)


# No name of a column is longer; a header tells two parties, or one and a date.
_LONGEST = 60
_FEWEST = 2


def kind_told(word: str) -> str:
    """The kind and form of deal that a word tells; empty where it tells none."""
    return _first(_TYPES, word)


def unit_told(name: str) -> str:
    """The unit of an amount that the name of its column tells; empty where it tells none."""
    return _first(_UNITS, name)


def status_told(word: str) -> str:
    """The status that a word of another language than English tells; empty where it tells none."""
    return _STATUSES.get(plain(word), "")


def _first(table: Iterable[tuple[str, str]], words: str) -> str:
    return next((meant for pattern, meant in table if re.search(pattern, plain(words))), "")
