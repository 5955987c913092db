"""The events and plans that `harvest/action_plans.csv` tells, row by row: what each row is taken to say.

Several rows about one event are one entry; the lines are those of the file. Dates and addresses come from the
file unless an entry has its own. Who took part is written `role:who`, States by ISO 3166 alpha-3.
"""

from typing import NamedTuple

PLANS_THEME = "reporting-action-plans"
PRECEDENTS = {
    11: "PREC/255-round-table-tajikistans-action-plan",
    12: "PREC/205-round-table-mongolias-action-plan",
}
"""Rows whose event is told there in full: not told a second time."""

LEFT_OUT = {
    "world counts": (2, 3, 40, 59, 64, 69, 70, 72, 97, 98),
    "procedures and positions of the Committee": (39, 71, 99, 100, 101),
    "findings of studies": (86, 87, 88),
    "a decision on bills that are not law yet": (28,),
    "a paper without a date, seen in a list of titles": (83,),
}


class Told(NamedTuple):
    """An event: its lines, words for the identifier, kind, title, who took part, and what else is said."""

    lines: tuple[int, ...]
    key: str
    kind: str
    title: str
    who: str
    detail: str = ""
    outcome: str = ""
    note: str = ""
    themes: str = PLANS_THEME
    date: str = ""
    pages: str = ""
    """Further addresses that tell it, with a blank between them."""


COURSE = "Course for 1540 points of contact"
BOTSWANA = (
    "https://disarmament.unoda.org/fr/update/"
    "countering-the-proliferation-and-illicit-trafficking-of-dual-use-materials-in-botswana/"
)
SIDE_LIST = "read from the title of the United Nations document only"

EVENTS = (
    Told((10,), "uzb-action-plan-review", "roundtable", "Review of Uzbekistan's action plan", "subject:UZB",
         "three days in Vienna", "about 70 per cent of the plan carried out; update for 2017-2021"),
    Told((13,), "mng-plan-items", "roundtable", "Order of the items of Mongolia's action plan",
         "host:MNG|subject:MNG|organiser:UNRCPD|funder:JPN|participant:OSCE|participant:BAFA|participant:EXBS"
         "|participant:WCO", "in Ulaanbaatar, after round tables in 2017 and 2021", "",
         "also PREC/160-ranking-plan-items-mongolia"),
    Told((14,), "khm-action-plan", "workshop", "Drafting Cambodia's action plan",
         "host:KHM|subject:KHM|organiser:UNODA", "in Sihanoukville", "work on a new national report begun too",
         "also PREC/005-drafting-workshops-cambodias-action-plan"),
    Told((15,), "tgo-action-plan-review", "workshop", "Togo's action plan and strategic trade controls",
         "host:TGO|subject:TGO|organiser:UNREC|funder:European Union", "in Lomé; progress of the plan looked at",
         "road map for help from UNODC, WCO and OPCW",
         "also PREC/003-session-strategic-trade-controls-road-map", f"{PLANS_THEME}|export-control-law"),
    Told((16,), "tto-committee-visit", "visit", "Visit of the 1540 Committee to Trinidad and Tobago",
         "host:TTO|subject:TTO|organiser:1540 Committee"),
    Told((16,), "tto-round-table", "roundtable", "Round table in Trinidad and Tobago after the Committee's visit",
         "host:TTO|subject:TTO|organiser:UNLIREC", date="2014-10-13/2014-10-14"),
    Told((18, 19), "hrv-pol-peer-review", "peer review", "Peer review of Croatia and Poland",
         "host:HRV|subject:HRV|subject:POL|reviewer:HRV|reviewer:POL", "begun in Croatia"),
    Told((20, 21, 22), "blr-kgz-tjk-peer-review", "peer review", "Peer review of Belarus, Kyrgyzstan and Tajikistan",
         "host:BLR|subject:BLR|subject:KGZ|subject:TJK", "in Minsk, told as the first of three States"),
    Told((23,), "blr-kgz-tjk-peer-review", "peer review", "Peer review of Belarus, Kyrgyzstan and Tajikistan",
         "host:TJK|subject:BLR|subject:KGZ|subject:TJK|organiser:UNRCPD|organiser:OSCE",
         "second round, in Dushanbe; biological and chemical security, export control, a border post",
         themes=f"{PLANS_THEME}|biosafety-biosecurity|chemical-security|export-control-law"),
    Told((24,), "central-asia-blr-peer-review", "peer review", "Peer review of Central Asia and Belarus",
         "host:KGZ|subject:BLR|subject:KAZ|subject:KGZ|subject:TJK|subject:TKM|subject:UZB", "at Issyk-Kul", "",
         "the five Central Asian States are named by the export control site of Kyrgyzstan",
         pages="https://exportcontrol.kg/en/2018/07/12/representatives-of-six-countries-met-at-the-issyk-kul-lake-to-"
         "discuss-implementation-of-the-un-security-council-resolution-1540-2004/"),
    Told((25, 68), "central-asia-mng-peer-review", "peer review", "Peer review of Central Asia and Mongolia",
         "subject:KAZ|subject:KGZ|subject:MNG|subject:TJK|subject:TKM|subject:UZB|organiser:KGZ|organiser:OSCE"
         "|organiser:UNODA|funder:European Union", "in Istanbul, 55 officials", "",
         "8-10 November, year not in the text read", date="after 2018"),
    Told((26,), "fin-reports", "report", "Five voluntary reports of Finland", "subject:FIN", "", "",
         "told in a speech of 7 May 2014; days of the reports not given", date="2004/2014-05"),
    Told((27,), "africa-points-of-contact", "training", COURSE + ", Africa",
         "host:MOZ|organiser:UNODA", "third African course, in Addis Ababa; officials of 42 States"),
    Told((29,), "sur-action-plan", "workshop", "Suriname's action plan and inter-agency body",
         "subject:SUR|organiser:UNLIREC"),
    Told((30,), "per-road-map", "roundtable", "Road map of Peru", "host:PER|subject:PER|organiser:UNLIREC", "",
         "a bill on biological weapons comes first in the road map",
         "also PREC/017-legal-help-perus-bill-biological-weapons", f"{PLANS_THEME}|prohibitions-biological",
         "2018-11-14/2018-11-16"),
    Told((31,), "bfa-committee-visit", "visit", "Visit of the 1540 Committee to Burkina Faso",
         "host:BFA|subject:BFA|organiser:1540 Committee", "at the Government's invitation; nuclear medicine,"
         " livestock research and a tsetse fly project seen", "needs for assistance named"),
    Told((32,), "bwa-action-plan", "workshop", "Draft of Botswana's action plan",
         "host:BWA|subject:BWA|participant:JPN|participant:IAEA|participant:OPCW|participant:1540 experts", "",
         "needs of the next three years named; those present promised support", "8-9 February; the year follows from"
         " other pages of UNODA: work began in 2021, the plan was adopted in 2022", date="2022-02-08/2022-02-09",
         pages=BOTSWANA),
    Told((33,), "guy-action-plan", "workshop", "Last workshop on Guyana's action plan",
         "host:GUY|subject:GUY|organiser:UNLIREC", "after a first one in October 2017; financing of proliferation"
         " is covered", themes=f"{PLANS_THEME}|proliferation-finance"),
    Told((34,), "sur-action-plan", "workshop", "Last workshop on Suriname's action plan",
         "subject:SUR|organiser:UNLIREC", "inter-agency body, national authority, control lists", "",
         "year taken from the item beside it", f"{PLANS_THEME}|control-lists"),
    Told((35,), "usa-committee-visit", "visit", "Visit of the 1540 Committee to the United States",
         "host:USA|subject:USA|organiser:1540 Committee|participant:1540 experts"),
    Told((36,), "kaz-disarmament-workshop", "workshop", "Workshop in Astana on the resolution and disarmament",
         "host:KAZ", "officials of over 25 States"),
    Told((37,), "osce-points-of-contact", "training", COURSE + ", OSCE region",
         "host:RUS", "in Kaliningrad", "", "also PREC/265-course-points-contact-osce-area, which has the year too",
         pages="https://press.un.org/en/2016/dc3669.doc.htm http://www.un.org/press/en/2017/sc12953.doc.htm"),
    Told((38,), "comprehensive-review", "meeting", "Open meeting on the comprehensive review",
         "organiser:1540 Committee"),
    Told((41, 42), "phl-sgp-peer-review", "peer review", "Peer review of the Philippines and Singapore",
         "host:PHL|subject:PHL|subject:SGP|reviewer:PHL|reviewer:SGP|funder:JPN|participant:JPN|organiser:UNODA",
         "in Manila; export control laws and lists, penalties, new technology",
         "a second part planned for September 2024 in Singapore",
         themes=f"{PLANS_THEME}|export-control-law|control-lists"),
    Told((43,), "asia-pacific-points-of-contact", "training", COURSE + ", Asia and the Pacific",
         "host:CHN", "in Qingdao, the first course of all"),
    Told((44, 62), "latin-america-points-of-contact", "training", COURSE + ", Latin America and the Caribbean",
         "host:CHL|funder:UN Trust Fund", "the third course of all", date="2016-10-24/2016-10-28"),
    Told((45,), "asia-pacific-points-of-contact", "training", COURSE + ", Asia and the Pacific",
         "host:CHN", "in Xi'an, the fourth course of all"),
    Told((46,), "asia-pacific-points-of-contact", "training", COURSE + ", Asia and the Pacific",
         "host:CHN|funder:European Union|organiser:UNODA", "in Xiamen, the ninth course of all"),
    Told((47,), "asia-pacific-points-of-contact", "training", COURSE + ", Asia and the Pacific",
         "host:CHN|funder:CHN|funder:European Union", "in Beijing; 27 States and 14 organisations"),
    Told((48,), "chn-committee-visit", "visit", "Visit of the 1540 Committee's Chair and experts to China",
         "host:CHN|subject:CHN|organiser:1540 Committee|participant:1540 experts", "commerce and customs; the port of"
         " Tianjin", "help of China for States that ask was talked about"),
    Told((49,), "group-of-friends", "meeting", "Group of Friends of the resolution founded",
         "organiser:ESP", "47 States present in New York", "30 members at the start"),
    Told((51,), "srb-action-plan-meeting", "meeting", "Serbia's working group on the plan meets the 1540 Committee",
         "host:SRB|subject:SRB|organiser:1540 Committee|participant:1540 experts|participant:OSCE|participant:RACVIAC"
         "|participant:SEESAC", "in Belgrade, on how the plan was carried out", "",
         "also PREC/065-serbias-first-action-plan"),
    Told((52, 53), "blr-srb-action-plans", "meeting", "Action plans of Belarus and Serbia before the OSCE",
         "host:OSCE|subject:BLR|subject:SRB", "at the Forum for Security Co-operation", "",
         "also PREC/065-serbias-first-action-plan"),
    Told((54,), "mwi-committee-visit", "visit", "Visit of the 1540 Committee to Malawi",
         "host:MWI|subject:MWI|organiser:1540 Committee|participant:LTU|participant:UNREC",
         "led by the member from Lithuania; first report, needs, border post of Dedza"),
    Told((55,), "gab-report", "report", "First report of Gabon", "subject:GAB"),
    Told((56,), "reporting-workshop", "workshop", "First reports of French-speaking African States",
         "host:GAB|organiser:UNODA", "in Libreville", "", "the year is that of another United Nations release"),
    Told((57,), "reporting-workshop", "workshop", "First reports of Portuguese-speaking States",
         "host:TGO|participant:AGO|participant:BRA|participant:CPV|participant:GNB|participant:MOZ|participant:STP"
         "|participant:TLS", "in Lomé", "", "also PREC/004-workshop-first-reports-portuguese-speaking-states"),
    Told((58,), "reporting-workshop", "workshop", "First reports of English-speaking African States", "host:ZAF",
         "held before the one in June 2014"),
    Told((60,), "ago-report", "report", "First report of Angola", "subject:AGO"),
    Told((61,), "bra-report", "report", "First report of Brazil", "subject:BRA"),
    Told((63,), "africa-points-of-contact", "training", COURSE + ", French-speaking Africa",
         "host:ETH|host:African Union", "in Addis Ababa, the fifth course of all", "",
         "paid by members of the African Union"),
    Told((65,), "osce-points-of-contact", "training", COURSE + ", OSCE region",
         "host:RUS", "in Rostov-on-Don, the sixth course of all"),
    Told((66,), "africa-points-of-contact", "training", COURSE + ", English-speaking Africa",
         "host:ETH|host:African Union|funder:European Union", "in Addis Ababa, the seventh course of all"),
    Told((67,), "mrt-report", "workshop", "Drafting Mauritania's first report",
         "subject:MRT|organiser:UNREC|funder:JPN", "the first 1540 activity in the State", "needs looked at",
         "also PREC/064-drafting-help-mauritanias-first-report"),
    Told((73,), "africa-workshop", "workshop", "Workshop on the resolution for Africa",
         "host:ZAF|participant:1540 Committee", "in Pretoria, the Committee's Chair present"),
    Told((74,), "wiesbaden-conference", "conference", "Third Wiesbaden conference with industry", "host:DEU",
         themes="industry-outreach"),
    Told((75,), "ury-report", "report", "First report of Uruguay", "subject:URY"),
    Told((76,), "lux-report", "report", "Report of Luxembourg", "subject:LUX", "", "", SIDE_LIST),
    Told((77,), "isr-report", "report", "Report of Israel", "subject:ISR", "", "", SIDE_LIST),
    Told((78,), "isr-report", "report", "First report of Israel", "subject:ISR", "", "", SIDE_LIST),
    Told((79,), "prt-report", "report", "First report of Portugal", "subject:PRT", "", "", SIDE_LIST),
    Told((80,), "stp-report", "report", "Report of Sao Tome and Principe", "subject:STP", "", "",
         f"{SIDE_LIST}; whether it is the first is not said"),
    Told((81,), "cze-report", "report", "Report of Czechia", "subject:CZE", "", "", SIDE_LIST),
    Told((84,), "kgz-report", "report", "Report of Kyrgyzstan in the form of the matrix", "subject:KGZ"),
    Told((85,), "usa-report", "report", "First report of the United States", "subject:USA", date="2004-10-24"),
    *(Told((85,), "usa-report", "report", f"{nth} addition to the report of the United States", "subject:USA",
           date=day) for nth, day in (("First", "2005-09-13"), ("Second", "2007-12-21"), ("Third", "2008-01-08"),
                                      ("Fourth", "2013-10-11"))),
    Told((94,), "strategic-trade-workshop", "workshop", "Workshop of African States on strategic trade",
         "host:ZAF|organiser:UNODA|participant:EU P2P|participant:BAFA", "in Pretoria; 34 officials of 14 States",
         themes="export-control-law|industry-outreach"),
    Told((95,), "african-union-assembly", "meeting", "Twentieth Assembly of the African Union",
         "organiser:African Union", "", "called the resolution relevant and asked the Commission to support States"),
    Told((96,), "african-union-assistance", "conference", "African Union conference on review and assistance",
         "organiser:African Union Commission|organiser:UNODA|participant:CAN|participant:DEU|participant:IND|"
         "participant:JPN|participant:KOR|participant:USA|participant:COMESA|participant:EAC|participant:ECCAS"
         "|participant:ECOWAS|participant:IGAD|participant:SADC", "the six States took part as donors",
         "training of points of contact welcomed", "many of the States present are missing in the copy read"),
    Told((102,), "committee-meeting", "meeting", "105th meeting of the 1540 Committee", "organiser:1540 Committee",
         "requests for assistance and their matching; outreach over several years"),
    Told((103,), "committee-meeting", "meeting", "104th meeting of the 1540 Committee", "organiser:1540 Committee",
         "how assistance works; requests; States still to report"),
    Told((104,), "committee-meeting", "meeting", "103rd meeting of the 1540 Committee", "organiser:1540 Committee",
         "gathering what is known of how the resolution is carried out"),
    Told((105,), "southeast-asia-workshop", "workshop", "Southeast Asian workshop on the resolution",
         "host:THA|organiser:UNRCPD|funder:AUS|funder:AUT",
         "in Bangkok; biosafety and biosecurity, action plans, points of contact",
         themes=f"{PLANS_THEME}|biosafety-biosecurity"),
)  # fmt: skip


class Plan(NamedTuple):
    """A voluntary national action plan: its lines, State, the year or words for the identifier, and what is said."""

    lines: tuple[int, ...]
    state: str
    key: str
    status: str = ""
    submitted: str = ""
    start: str = ""
    end: str = ""
    note: str = ""
    pages: str = ""


PLANS = (
    Plan((4,), "GRD", "2015", "submitted", "2015-03-20", note="also PREC/145-legal-study-led-grenadas-action-plan"),
    Plan((5,), "TKM", "2018", "submitted", "2018-06-11", "2018", "2022", "round tables in June 2017 and January 2018"),
    Plan((6,), "KGZ", "by-2018", "submitted", "by 2018-06"),
    Plan((7, 11), "TJK", "by-2018", "submitted", "by 2018-06",
         note="also PREC/255-round-table-tajikistans-action-plan"),
    Plan((8, 10), "UZB", "by-2018", "submitted", "by 2018-06", note="about 70 per cent carried out by May 2017, when an"
         " update for 2017-2021 was talked about; that both rows mean one plan is our reading"),
    Plan((9,), "KGZ", "2022", "in force", "", "2022", "2025", "status as of September 2025"),
    Plan((9,), "KGZ", "2026", "under preparation", "", "2026", "2030", "status as of September 2025"),
    Plan((12, 13), "MNG", "by-2022", note="talked about in 2017; its items put in order in December 2022; when it was"
         " adopted or submitted was not read"),
    Plan((14,), "KHM", "2025", "under preparation", note="status as of April 2025"),
    Plan((15,), "TGO", "by-2019", note="its progress was looked at in January 2019; when it was adopted was not read"),
    Plan((17, 93), "TTO", "2016", "under preparation", note="outline in August 2015, finalised in December 2016, to be"
         " submitted early in 2017; whether it was is not said"),
    Plan((29, 34), "SUR", "2018", "under preparation", note="last workshop in 2018; what came after was not read"),
    Plan((32,), "BWA", "2022", "adopted", note="adopted in 2022", pages=BOTSWANA),
    Plan((33,), "GUY", "2018", "under preparation",
         note="last workshop on 28 February 2018; what came after was not read"),
    Plan((50, 53), "SRB", "2012", "adopted", "", "2012", "2016",
         "adopted in April 2012, presented to the OSCE on 4 July 2012; also PREC/065-serbias-first-action-plan"),
    Plan((52,), "BLR", "2012", "presented", note="presented to the OSCE on 4 July 2012"),
    Plan((82, 91), "MEX", "by-2017", "submitted", "by 2017-10", note="that both rows mean one plan is our reading"),
    Plan((89,), "USA", "by-2017", "submitted", "by 2017-10"),
    Plan((90,), "CAN", "by-2017", "submitted", "by 2017-10"),
    Plan((92,), "DOM", "2015", "submitted", "2015-11", note="the month may be that of the news"),
)  # fmt: skip
