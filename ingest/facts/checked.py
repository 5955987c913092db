"""Values about States checked by hand, where the sources of `states.py` are silent, cut short or ambiguous.

Languages are those a State uses for its official business. Where the harvested Factbook text is empty, the
regional codes of the country codes decide ("pt-AO"); the replacements below are the States for which
neither way gives the right list.
"""

NAMES = {
    "CIV": "Côte d'Ivoire", "FLK": "Falkland Islands (Malvinas)", "TWN": "Taiwan, Province of China",
}  # fmt: skip
"""United Nations names where the source has another one."""

SINCE = {"TLS": "2002-05-20", "MNE": "2006-06-03", "SSD": "2011-07-09"}
"""The day of independence of States younger than the end of 2001."""

CODES = {
    "ar": "Arabic", "bi": "Bislama", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fi": "Finnish", "fr": "French", "it": "Italian", "ko": "Korean", "mt": "Maltese",
    "nl": "Dutch", "pt": "Portuguese", "sv": "Swedish",
}  # fmt: skip
"""Languages by the code that the country codes use, as far as they are needed."""

WORDS = {
    "Afghan Persian or Dari": "Dari", "Bahasa Indonesia": "Indonesian", "Bahasa Malaysia": "Malay",
    "Bangla": "Bengali", "Castilian Spanish": "Spanish", "Creole": "Haitian Creole", "Kiswahili": "Swahili",
    "Kiswahili or Swahili": "Swahili", "Mandarin": "Chinese", "Moldovan/Romanian": "Romanian",
    "Persian Farsi": "Persian", "Standard Chinese or Mandarin": "Chinese", "Swahili/Kiswahili": "Swahili",
    "Tamazight languages": "Tamazight",
}  # fmt: skip
"""The Factbook's words for a language where a plainer one is meant."""

LANGUAGES = {
    "AND": "Catalan", "ARM": "Armenian", "AUT": "German", "AZE": "Azerbaijani", "BTN": "Dzongkha",
    "BWA": "English", "CAF": "French|Sango", "CHN": "Chinese", "COM": "Arabic|French|Comorian",
    "DEU": "German", "DJI": "French|Arabic", "DNK": "Danish", "ERI": "Tigrinya|Arabic|English",
    "ESP": "Spanish", "EST": "Estonian", "ETH": "Amharic", "FJI": "English|Fijian", "FSM": "English",
    "GBR": "English", "GEO": "Georgian", "IND": "Hindi|English", "IRL": "English|Irish",
    "IRQ": "Arabic|Kurdish", "ISL": "Icelandic", "ISR": "Hebrew", "JPN": "Japanese",
    "KAZ": "Kazakh|Russian", "KIR": "English|Gilbertese", "KOR": "Korean", "LKA": "Sinhala|Tamil",
    "LSO": "Sesotho|English", "LUX": "Luxembourgish|French|German", "MDG": "Malagasy|French",
    "MDV": "Dhivehi", "MEX": "Spanish", "MHL": "Marshallese|English", "MLT": "Maltese|English",
    "MWI": "English", "NLD": "Dutch", "NOR": "Norwegian", "NRU": "Nauruan|English", "NZL": "English|Maori",
    "PAK": "Urdu|English", "PHL": "Filipino|English", "PLW": "Palauan|English",
    "PNG": "English|Tok Pisin|Hiri Motu", "PRK": "Korean", "PRY": "Spanish|Guarani", "PSE": "Arabic",
    "RWA": "Kinyarwanda|French|English|Swahili", "SGP": "English|Malay|Chinese|Tamil", "SMR": "Italian",
    "SVN": "Slovene", "SWZ": "English|Swati", "TLS": "Portuguese|Tetum", "TON": "Tongan|English",
    "TUV": "Tuvaluan|English", "UGA": "English|Swahili", "USA": "English", "VAT": "Italian|Latin",
    "VUT": "Bislama|English|French", "WSM": "Samoan|English",
    "ZAF": "Zulu|Xhosa|Afrikaans|English|Northern Sotho|Tswana|Sesotho|Tsonga|Swati|Venda|Ndebele",
    "ZWE": "English|Shona|Ndebele",
}  # fmt: skip

TRADITIONS = {
    "BOL": "civil", "FSM": "common|customary", "JOR": "civil|common|religious",
    "KHM": "civil|common|customary", "KOR": "civil|common", "NOR": "civil|common|customary",
    "NPL": "common|religious", "OMN": "common|religious", "PHL": "civil|common|customary|religious",
    "PLW": "civil|common|customary", "SAU": "civil|customary|religious", "SWZ": "civil|common|customary",
    "TGO": "civil|customary", "VUT": "civil|common|customary",
}  # fmt: skip
"""Legal traditions where the keyword reading missed or added one; of Togo's civil law Globalex tells."""

SOURCES = {"TGO": "globalex-togo"}
"""A further source of a State's row."""

OTHER_NAMES = {
    "ARE": "UAE|Emirates", "ATF": "French Southern and Antarctic Lands", "ATG": "Antigua & Barbuda|Antigua",
    "BHS": "The Bahamas|Bahamas, The", "BIH": "Bosnia and Hercegovina|Bosnia-Herzegovina|BiH",
    "BLM": "Saint Barthelemy", "BLR": "Byelorussia", "BOL": "Bolivia|Bolivia, Plurinational State of",
    "BRN": "Brunei", "CAF": "CAR", "CHN": "PRC|People's Republic of China",
    "CIV": "Ivory Coast|Cote d'Ivoire|Cote dIvoire|Côte d’Ivoire",
    "COD": (
        "DRC|DR Congo|Congo (Kinshasa)|Congo, Democratic Republic of the|"
        "Congo, The Democratic Republic of the|Congo (Democratic Republic)|Zaire"
    ),
    "COG": (
        "Congo (Brazzaville)|Congo-Brazzaville|Republic of the Congo|Congo, Republic of the|"
        "Congo Republic"
    ),
    "CPV": "Cape Verde", "CUW": "Curacao", "CZE": "Czech Republic", "DOM": "The Dominican Republic",
    "FLK": "Falkland Islands (Islas Malvinas)|Falkland Islands",
    "FSM": "Micronesia|Federated States of Micronesia|Micronesia, Federated States of",
    "GBR": "UK|United Kingdom|Great Britain|U.K.", "GMB": "The Gambia|Gambia, The", "GNB": "Guinea Bissau",
    "HKG": "Hong Kong|Hong Kong, China|China (Hong Kong SAR)", "HTI": "Haïti",
    "IRN": "Iran|Iran, Islamic Republic of|Islamic Republic of Iran", "KGZ": "Kyrgyz Republic|Kirghizia",
    "KNA": "St. Kitts and Nevis|St Kitts and Nevis|St Kitts & Nevis|Saint Kitts",
    "KOR": "South Korea|Korea, Republic of|Korea, Rep.|Korea, South", "LAO": "Laos|Lao PDR|Lao P.D.R.",
    "LBY": "Libyan Arab Jamahiriya", "LCA": "St. Lucia|St Lucia", "MAC": "Macao|Macau|Macao (China SAR)",
    "MAF": "Saint Martin", "MDA": "Moldova|Moldova, Republic of",
    "MKD": "Macedonia|The former Yugoslav Republic of Macedonia|FYROM|FYR Macedonia", "MMR": "Burma",
    "NLD": "Netherlands (Kingdom of the)|Kingdom of the Netherlands|The Netherlands|Holland",
    "PCN": "Pitcairn Islands",
    "PRK": "North Korea|DPRK|DPR Korea|Korea, North|Korea, Democratic People's Republic of",
    "PSE": (
        "Palestine|Palestine, State of|Palestinian Territories|West Bank and Gaza|"
        "Occupied Palestinian Territory"
    ),
    "REU": "Reunion", "RUS": "Russia", "SGS": "South Georgia and South Sandwich Islands",
    "SHN": "Saint Helena, Ascension, and Tristan da Cunha", "SJM": "Svalbard",
    "SRB": "Serbia and Montenegro", "STP": "São Tomé and Príncipe|Sao Tome & Principe",
    "SVK": "Slovak Republic", "SWZ": "Swaziland|eSwatini", "SYR": "Syria", "TLS": "East Timor|Timor Leste",
    "TTO": "Trinidad & Tobago|Trinidad", "TUR": "Turkey|Turkiye|Turkey (Turkiye)",
    "TWN": "Taiwan|Chinese Taipei", "TZA": "Tanzania|Tanzania, United Republic of",
    "USA": "US|USA|U.S.|United States",
    "VAT": "Vatican|Vatican City|Vatican City State|Holy See (Vatican City)|Holy See (Vatican City State)",
    "VCT": (
        "St. Vincent and the Grenadines|St Vincent and the Grenadines|St Vincent & The Grenadines|"
        "Saint Vicent and the Grenadines|Saint Vincent"
    ),
    "VEN": "Venezuela|Venezuela, Bolivarian Republic of|Venezuela (Bolivarian Republique of)",
    "VGB": "Virgin Islands, British|BVI", "VIR": "Virgin Islands|US Virgin Islands", "VNM": "Vietnam",
    "WLF": "Wallis and Futuna",
}  # fmt: skip
"""Names and spellings that sources and readers use, besides those of the country codes."""
