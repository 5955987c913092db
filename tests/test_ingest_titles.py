"""Title rules and partners' names: what a title points to, and who stands behind a name as a source writes it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.obligations import ThemeRow
from ingest.partners import PartnerNames, PartnerRow, slug
from ingest.partners import records as partner_records
from ingest.programmes import Programme, ProgrammeRecords, Share
from ingest.rejects import Rejects
from ingest.rows import read
from ingest.sectors import SectorRow
from ingest.shipped import FACTS
from ingest.titles import Title, TitleLimitRow, TitleLimits, TitleRuleRow, TitleRules, fold

# Names that sources write and that mean nobody in particular.
NOBODY_IN_PARTICULAR = {"UN partners", "donors"}
RULES = TitleRules.of(FACTS, Rejects())
LIMITS = TitleLimits.of(FACTS, Rejects())
NAMES = PartnerNames.of(FACTS)
HEADER = "id,pattern_words,unless,languages,theme,directness,how,reason,source\n"


def themes(title: str, rules: TitleRules = RULES) -> set[str]:
    return {link.key for link in rules.links(title)}


def made_up(folder: Path, *rows: str) -> TitleRules:
    (folder / "title_rules.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    rules = TitleRules.of(folder, rejects := Rejects())
    assert rejects.found == []
    return rules


def behind(name: str) -> str:
    ((link,), _) = NAMES.links("FUNDED_BY", [name])
    return link.key


@pytest.mark.parametrize(
    "title",
    [
        "Rehabilitation of 24 classrooms in Nassriyah",
        "Construction of CLASSROOMS, latrines and a store",
        "Surveillance de l'occupation du sol",
        "Système de surveillance des ressources naturelles",
        "Reporting and supporting smallholders",
        "Airport road, lot 2",
        "Transportation of food aid",
        "Portuguese language teaching",
        "Policies for rural youth",
        "Demining and landmine clearance",
        "Médecins Sans Frontières: soins de santé primaires",
        "Port-au-Prince water supply",
        "Frontier Technologies Hub",
        "Surveillance foncière et cadastre",
        "Sécurité du port du masque à l'école",
        "Portugal: apport de fonds et transport rural",
        "Transporte escolar no Porto de Galinhas",
        "Porto-Novo: água potável",
        "Services de SSR et lutte contre les VBG",
        "Médicos sem fronteiras",
        "Humanitarian de-mining",
        "Emergency response to the drought for displaced people",
        "أطباء بلا حدود",  # doctors without borders
        "القضاء على العنف ضد المرأة",  # elimination, written like the judiciary
        "فحص الحمض النووي",  # a test of nucleic acid, written like nuclear
        "قطاع الأمن الغذائي",  # the food security sector
        "منع انتشار فيروس كورونا",  # spread, written like proliferation
        "منطقة محدودة الدخل",  # limited, written like border
        "دورة مشروطة",  # conditional, written like police
        "",
        "***",
        "   ",
    ],
)
def test_a_title_that_only_looks_like_it_points_to_nothing(title: str) -> None:
    assert themes(title) == set()


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("SSR programme, phase II", "law-enforcement"),
        ("Support to SSR.", "law-enforcement"),
        ("Surveillance des frontières", "border-control"),
        ("SURVEILLANCE ÉPIDÉMIOLOGIQUE", "biosafety-biosecurity"),
        ("Integrated Border Management in Central Asia", "border-control"),
        ("Écoles sans frontières et gestion des frontières", "border-control"),
        ("Renforcement de la DOUANE togolaise", "customs-enforcement"),
        ("Réforme du Secteur de la Sécurité", "law-enforcement"),
        ("Laboratoire national de santé publique", "biosafety-biosecurity"),
        ("Lavado de Activos", "proliferation-finance"),
        ("Combate à lavagem de dinheiro", "proliferation-finance"),
        ("Port security in Freetown", "maritime-port-security"),
        ("CBRN-waste", "emergency-response"),
        ("Freetown_Police_Training", "law-enforcement"),
        ("Justice Sector Development Programme", "prohibitions-nuclear"),
        ("Kimberley Process", "strategic-minerals"),
        ("Réforme de la douane", "customs-enforcement"),
        ("Modernización de la aduana", "customs-enforcement"),
        ("Modernização da alfândega", "customs-enforcement"),
        ("تحديث الجمارك", "customs-enforcement"),
        ("MODERNIZAÇÃO DAS ALFÂNDEGAS", "customs-enforcement"),
        ("Modernizac\u0327a\u0303o da alfa\u0302ndega", "customs-enforcement"),
        ("Réfor\u0301me de la doua\u0308ne", "customs-enforcement"),
        ("Gestão integrada de fronteiras", "border-control"),
        ("Gestión integrada de fronteras", "border-control"),
        ("الإدارة المتكاملة للحدود", "border-control"),
        ("Contrôle des exportations de biens à double usage", "export-control-law"),
        ("Control de exportaciones de doble uso", "export-control-law"),
        ("Bens de dupla utilização", "export-control-law"),
        ("الرقابة على الصادرات", "export-control-law"),
        ("مكافحة غسل الأموال وتمويل الإرهاب", "proliferation-finance"),
        ("أمن الموانئ", "maritime-port-security"),
        ("السلامة البيولوجية والأمن البيولوجي", "biosafety-biosecurity"),
        ("Biossegurança nos laboratórios", "biosafety-biosecurity"),
        ("الأمن النووي", "nuclear-physical-protection"),
        ("Fontes radioativas fora de uso", "radioactive-sources"),
        ("إدارة المصادر المشعّة", "radioactive-sources"),
        ("حظر الأسلحة الكيميائية", "chemical-security"),
        ("Gestão de produtos químicos", "chemical-security"),
        ("إصلاح الشرطة", "law-enforcement"),
        ("إصلاح قانون العقوبات", "prohibitions-nuclear"),
        ("التأهب للطوارئ والدفاع المدني", "emergency-response"),
        ("Traçabilité des minerais de conflit", "strategic-minerals"),
        ("قطاع التعدين", "strategic-minerals"),
        ("تنفيذ القرار ١٥٤٠", "reporting-action-plans"),
    ],
)
def test_a_title_points_to_its_theme_whatever_its_language_case_and_accents(title: str, theme: str) -> None:
    links = {link.key: link for link in RULES.links(title)}

    assert theme in links
    assert links[theme].type == "TOUCHES"
    assert links[theme].properties["how"]
    assert links[theme].properties["directness"] in (1, 2, 3)


def test_real_titles_of_sierra_leone_point_where_people_would_look() -> None:
    with (FACTS / "programmes_aiddata.csv").open(encoding="utf-8", newline="") as file:
        titles = {row["title"] for row in csv.DictReader(file)}
    expected = {
        "Justice Sector Development Programme": "law-enforcement",
        "Sierra Leone Justice Sector Infrastructure Programme": "law-enforcement",
        "Health Sector Support Programme": None,
        "Freetown -Lungi Road Study": None,
    }

    assert expected.keys() <= titles
    for title, theme in expected.items():
        found = themes(title)
        assert theme in found or any(one.startswith("prohibitions") for one in found) if theme else found == set()


def test_a_word_matches_whole_words_only_and_a_star_any_ending(tmp_path: Path) -> None:
    rules = made_up(tmp_path, "r1,ssr|border*,,en,a-theme,2,how,why,s")

    assert themes("The SSR project", rules) == {"a-theme"}
    assert themes("Cross-border work", rules) == {"a-theme"}
    assert themes("Borderland", rules) == {"a-theme"}
    assert themes("classrooms", rules) == set()
    assert themes("ssrx xssr", rules) == set()
    assert themes("Hinterborder", rules) == set()


@pytest.mark.parametrize(
    "title",
    [
        "إدارة الحدود",
        "وإدارةُ الحُدُودِ",  # "and" before, vowel signs
        "ادارة الحدود",  # alef without hamza
        "إدارة للحدود",  # "for the"
        "بإدارة حدود",  # "by"
        "إداره الحـــدود",  # ta marbuta as ha, a drawn-out line
        "\ufe87\ufea9\ufe8d\ufead\ufe93 الحدود",  # letters in their shapes, as out of a PDF
    ],
)
def test_an_arabic_word_is_found_however_it_is_written(title: str, tmp_path: Path) -> None:
    rules = made_up(tmp_path, "r1,إدارة حدود,,ar,a-theme,2,how,why,s")

    assert themes(title, rules) == {"a-theme"}


@pytest.mark.parametrize("title", ["محدودة", "الحدودي", "إدارات حدود", "كحدود إدارة"])
def test_an_arabic_word_is_not_found_within_another(title: str, tmp_path: Path) -> None:
    rules = made_up(tmp_path, "r1,إدارة حدود|حدود مائية,,ar,a-theme,2,how,why,s")

    assert themes(title, rules) == set()


def test_a_rule_names_arabic_among_its_languages_where_it_has_arabic_words() -> None:
    wrong = [
        row.id
        for row, _, _ in RULES.rules
        if ("ar" in row.languages) != any(re.search("[\u0620-\u064a]", word) for word in row.pattern_words)
    ]

    assert wrong == []
    assert {row.theme for row, _, _ in RULES.rules if "ar" in row.languages} >= {
        "border-control", "customs-enforcement", "export-control-law", "licensing", "proliferation-finance",
        "maritime-port-security", "biosafety-biosecurity", "nuclear-physical-protection", "radioactive-sources",
        "chemical-security", "law-enforcement", "prohibitions-nuclear", "emergency-response", "strategic-minerals",
    }  # fmt: skip


def test_words_of_a_rule_are_no_regular_expressions(tmp_path: Path) -> None:
    rules = made_up(tmp_path, "r1,a.c|x(y,,en,a-theme,2,how,why,s")

    assert themes("abc", rules) == set()
    assert themes("a c", rules) == {"a-theme"}


def test_one_of_the_other_words_takes_the_rule_back(tmp_path: Path) -> None:
    rules = made_up(tmp_path, "r1,frontier*,sans frontières|frontier tech*,fr,a-theme,2,how,why,s")

    assert themes("Frontières", rules) == {"a-theme"}
    assert themes("Médecins SANS FRONTIERES", rules) == set()
    assert themes("Frontier technologies", rules) == set()
    assert themes("Sans plan, frontière ouverte", rules) == {"a-theme"}


def test_of_several_rules_for_one_theme_the_most_direct_is_told_and_then_the_first_by_name(tmp_path: Path) -> None:
    rows = ("b,port,,en,t,2,how b,why,s", "c,port,,en,t,3,how c,why,s", "a,port,,en,t,3,how a,why,s")
    rules = made_up(tmp_path, *rows)

    (link,) = rules.links("Port")

    assert (link.properties["rule"], link.properties["directness"], link.properties["how"]) == ("a", 3, "how a")


def test_each_shipped_rule_has_a_reason_a_theme_that_exists_and_words_that_can_match() -> None:
    rejects = Rejects()
    known = {row.id for _, row in read(FACTS / "themes.csv", ThemeRow, rejects)}
    rows = [row for _, row in read(FACTS / "title_rules.csv", TitleRuleRow, rejects)]

    assert rejects.found == []
    assert len(rows) == len({row.id for row in rows}) == len(RULES.rules) > 0
    for row in rows:
        assert row.theme in known, row.id
        assert len(row.reason.split()) >= 3, row.id
        assert len(row.how.split()) >= 3, row.id
        for word in (*row.pattern_words, *row.unless):
            assert re.search(r"\w", fold(word.rstrip("*"))), (row.id, word)
            assert "*" not in word[:-1], (row.id, word)


def test_no_word_of_a_shipped_rule_is_taken_back_by_the_rule_itself() -> None:
    dead = [
        (row.id, word)
        for row, _, unless in RULES.rules
        for word in row.pattern_words
        if unless and unless.are_in(Title.of(word.rstrip("*")))
    ]

    assert dead == []


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("POLICE STATIONS FEE", "fees"),
        ("Stipends for court staff, January to March", "fees"),
        ("Appui budgétaire au secteur de la justice", "fees"),
        ("Disaster Risk Management Development Policy Loan", "budget"),
        ("Railway station rehabilitation, 3rd contract", "works"),
        ("Construction of two police posts", "works"),
        ("Construcción de oficinas de la fiscalía", "works"),
        ("Équipement de l'Hôpital général", "hospital"),
        ("PPE for the police", "goods"),
        ("Police pay and support", None),
        ("Customs fee reform", None),
        ("Stipends and training of border guards", None),
        ("Rehabilitation of the port, step 1", None),
        ("Rehabilitation and reorientation of youth of armed groups", None),
        ("Constructive dialogue of police and citizens", None),
        ("Construction d'un laboratoire à l'hôpital", None),
        ("Rehabilitation of ammunition stores", None),
        ("Biosafety in hospitals", None),
        ("PPE for CBRN responders", None),
        ("Coffee exports", None),
        ("", None),
    ],
)
def test_a_title_of_fees_works_or_goods_alone_is_closed(title: str, word: str | None) -> None:
    reason = LIMITS.closed(title, ["DAC/15130"], touches=False)

    assert (reason is None) if word is None else (reason is not None and word in reason)


@pytest.mark.parametrize(
    ("title", "sectors", "touches", "closed"),
    [
        ("COVID-19 response fund", ["DAC/15131"], False, True),
        ("COVID-19 response fund", ["DAC/15131", "DAC/11110"], False, True),  # 11110 opens nothing
        ("COVID-19 response fund", ["DAC/15131", "DAC/33120"], False, False),
        ("COVID-19 response fund", ["DAC/11110"], False, False),
        ("COVID-19 response fund", [], False, False),
        ("COVID-19 response fund", ["DAC/15131"], True, False),
        ("COVID-19 access to justice", ["DAC/15131"], False, False),
        ("Response fund", ["DAC/15131"], False, False),
    ],
)
def test_a_limit_on_codes_holds_where_these_codes_alone_open_a_theme(
    title: str, sectors: list[str], touches: bool, closed: bool
) -> None:
    assert (LIMITS.closed(title, sectors, touches) is not None) == closed


def test_a_limit_is_kept_with_the_programme_unless_its_source_names_a_theme() -> None:
    made = ProgrammeRecords(FACTS, Rejects())
    said = Programme(id="P/1", title="Police Stations Fee", sectors=(Share(code="DAC/15130"),))

    (one,) = made.records(said, "file", "1")
    (other,) = made.records(said.model_copy(update={"themes": ("law-enforcement",)}), "file", "1")
    (plain,) = made.records(said.model_copy(update={"title": "Police reform"}), "file", "1")

    assert str(one.properties["closed"]).startswith("The title names fees")
    assert ("IN_SECTOR", "DAC/15130") in {(link.type, link.key) for link in one.links}  # it stays in its sector
    assert other.properties.get("closed") is None
    assert plain.properties.get("closed") is None


def test_each_shipped_limit_says_what_the_title_names_and_has_words_that_can_match() -> None:
    rejects = Rejects()
    sectors = {row.id for _, row in read(FACTS / "sectors.csv", SectorRow, rejects)}
    rows = [row for _, row in read(FACTS / "title_limits.csv", TitleLimitRow, rejects)]

    assert rejects.found == []
    assert len(rows) == len({row.id for row in rows}) == len(LIMITS.limits) > 0
    for (row, _, unless), again in zip(LIMITS.limits, rows, strict=True):
        assert row == again
        assert re.fullmatch(r"The title names .{20,}\.", row.reason), row.id
        assert all(any(known.startswith(one) for known in sectors) for one in row.sectors), row.id
        for word in (*row.pattern_words, *row.unless):
            assert re.search(r"\w", fold(word.rstrip("*"))), (row.id, word)
            assert "*" not in word[:-1], (row.id, word)
        taken_back = [word for word in row.pattern_words if unless and unless.are_in(Title.of(word.rstrip("*")))]
        assert taken_back == [], row.id


@given(st.text())
def test_folding_leaves_neither_case_nor_accents_nor_marks(text: str) -> None:
    folded = fold(text)

    assert folded == folded.strip()
    assert fold(folded.upper() if folded.isascii() else folded) == fold(folded)
    assert all(c.isalnum() or c == " " or not c.isascii() for c in folded)


def test_underscores_and_blanks_together_are_one_blank() -> None:
    assert fold("Border _ Police__Training") == "border police training"
    assert "border-management" in {link.properties["rule"] for link in RULES.links("Border _Police")}


@pytest.mark.parametrize(
    ("written", "agency", "partner"),
    [
        ("US EXBS", "us-exbs", "USA"),
        ("us exbs", "us-exbs", "USA"),
        ("United States (EXBS Program)", "us-exbs", "USA"),
        ("Department for International Development (DFID)", "gb-dfid", "GBR"),
        ("USAID", "us-usaid", "USA"),
        ("UNODC-WCO Container Control Programme", "unodc-wco-ccp", "unodc wco"),
    ],
)
def test_a_written_name_leads_to_the_agency_and_the_agency_to_its_state_or_organisation(
    written: str, agency: str, partner: str
) -> None:
    above = {
        record.key: {link.key for link in record.links if link.type == "PART_OF"}
        for record in partner_records(FACTS, Rejects())
    }

    assert behind(written) == agency
    assert above[agency] == set(partner.split())


def test_dfid_alone_is_known() -> None:
    assert behind("DFID") == "gb-dfid"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("EU", "european-union"),
        ("unodc", "unodc"),
        ("World  Bank", "world-bank"),
        ("United Kingdom", "GBR"),
        ("UK", "GBR"),
        ("Kyrgyz Republic", "KGZ"),
        ("Congo (Brazzaville)", "COG"),
        ("DR Congo", "COD"),
        ("Côte d'Ivoire", "CIV"),
        ("Alemania", "DEU"),
    ],
)
def test_states_and_organisations_are_known_by_their_own_names(written: str, key: str) -> None:
    assert behind(written) == key


def test_an_unknown_name_becomes_an_organisation_that_is_marked_unresolved() -> None:
    links, records = NAMES.links("FUNDED_BY", ["Ministère des Routes (Tôgo)"])

    (link,), (record,) = links, records
    assert (link.type, link.label, link.key) == ("FUNDED_BY", "Organisation", "unresolved:ministere-des-routes-togo")
    assert link.properties == {"written": ["Ministère des Routes (Tôgo)"]}
    assert (record.label, record.key) == ("Organisation", link.key)
    assert record.properties == {"name": "Ministère des Routes (Tôgo)", "unresolved": True}
    record.check()


def test_several_names_of_one_partner_are_one_link_that_keeps_them_all() -> None:
    links, records = NAMES.links("FUNDED_BY", ["UK", "United Kingdom", "UK", "US EXBS"])

    assert records == []
    assert [(link.key, link.properties) for link in links] == [
        ("GBR", {"written": ["UK", "United Kingdom"]}),
        ("us-exbs", {"written": ["US EXBS"]}),
    ]


def test_two_spellings_of_one_unknown_name_are_one_record() -> None:
    _, records = NAMES.links("FUNDED_BY", ["Ministry of Roads", "MINISTRY OF ROADS"])

    assert len({(record.key, record.content_hash()) for record in records}) == 1


def test_different_unknown_names_never_fall_together() -> None:
    assert behind("Министерство UN") != behind("日本 UN")


@given(st.text())
def test_a_slug_is_lower_case_ascii_words_and_dashes(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))


def written_providers() -> Iterator[tuple[str, str]]:
    for table, column in (("offers", "provider"), ("precedents", "providers"), ("requests", "answered_by")):
        with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                cell = row[column]
                for name in [cell] if column == "provider" else [part for part in cell.split("|") if part.strip()]:
                    yield table, name.strip()


def test_every_provider_that_ships_is_known_but_those_that_name_nobody() -> None:
    written = list(written_providers())

    unknown = {name for _, name in written if NAMES.links("PROVIDED_BY", [name])[1]}
    nobody = {name for _, name in written if NAMES.links("PROVIDED_BY", [name]) == ([], [])}

    assert len(written) > 300
    assert unknown == set()
    assert nobody == NOBODY_IN_PARTICULAR


def test_each_written_name_of_the_table_stands_there_once() -> None:
    rejects = Rejects()
    written = [" ".join(row.written.casefold().split()) for _, row in read(FACTS / "partners.csv", PartnerRow, rejects)]

    assert rejects.found == []
    assert sorted(written) == sorted(set(written))


def test_an_agency_of_the_table_has_one_name_and_one_kind_throughout() -> None:
    said: dict[str, set[tuple[str | None, str | None]]] = {}
    for _, row in read(FACTS / "partners.csv", PartnerRow, Rejects()):
        if row.agency:
            said.setdefault(row.agency, set()).add((row.agency_name, row.agency_kind))

    assert {agency: ways for agency, ways in said.items() if len(ways) > 1} == {}


def test_every_partner_of_an_agency_is_linked() -> None:
    above = {
        record.key: {link.key for link in record.links if link.type == "PART_OF"}
        for record in partner_records(FACTS, Rejects())
    }
    said: dict[str, set[str]] = {}
    for _, row in read(FACTS / "partners.csv", PartnerRow, Rejects()):
        if row.agency and row.agency != row.partner:
            said.setdefault(row.agency, set()).add(row.partner)

    assert {agency: partners for agency, partners in said.items() if above[agency] != partners} == {}
