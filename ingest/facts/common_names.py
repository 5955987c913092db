"""Common names, in the other five UN languages, of States whose official short names people rarely write out."""

COMMON_NAMES = {
    "BOL": "Bolivie|Боливия|玻利维亚|بوليفيا",
    "CZE": "Tchéquie|República Checa|Чехия|捷克|التشيك",
    "FSM": "Micronésie|Микронезия|密克罗尼西亚|ميكرونيزيا",
    "GBR": "Royaume-Uni|Grande-Bretagne|Reino Unido|Gran Bretaña|Великобритания|英国|المملكة المتحدة|بريطانيا",
    "IRN": "Irán|Иран|伊朗|إيران",
    "KOR": "Corée du Sud|Corea del Sur|Южная Корея|韩国|كوريا الجنوبية",
    "LAO": "Лаос|老挝|لاوس",
    "MDA": "Moldavie|Moldavia|Молдова|Молдавия|摩尔多瓦|مولدوفا",
    "NLD": "Pays-Bas|Países Bajos|Нидерланды|荷兰|هولندا",
    "PRK": "Corée du Nord|Corea del Norte|Северная Корея|КНДР|朝鲜|كوريا الشمالية",
    "PSE": "Palestina|Палестина|巴勒斯坦|فلسطين",
    "RUS": "Russie|Rusia|Россия|俄罗斯|روسيا",
    "SYR": "Syrie|Siria|Сирия|叙利亚|سوريا",
    "TZA": "Tanzanie|Tanzanía|Танзания|坦桑尼亚|تنزانيا",
    "USA": "États-Unis|Estados Unidos|EE. UU.|США|Соединенные Штаты|美国|الولايات المتحدة|أمريكا",
    "VEN": "Vénézuéla|Венесуэла|委内瑞拉|فنزويلا",
    "VNM": "Viêt Nam|Вьетнам|越南|فيتنام",
}  # fmt: skip
"""Everyday names, well known and without a source of their own: they serve to find a State, not to name it."""
