/** Markets of the demo network with towns; the brand, its houses and its people are invented. */
export interface DemoMarket {
  readonly code: string;
  readonly name: string;
  readonly languages: string;
  readonly timeZone: string;
  readonly towns: readonly string[];
}

const market = (
  code: string,
  name: string,
  languages: string,
  timeZone: string,
  towns: string,
): DemoMarket => ({
  code,
  name,
  languages,
  timeZone,
  towns: towns.split(', '),
});

export const demoMarkets: readonly DemoMarket[] = [
  market(
    'AT',
    'Austria',
    'de en',
    'Europe/Vienna',
    'Wien Nord, Wien Süd, Graz, Linz, Salzburg, Innsbruck, Klagenfurt, Wels',
  ),
  market(
    'BE',
    'Belgium',
    'en',
    'Europe/Brussels',
    'Antwerpen, Gent, Brugge, Leuven, Liège, Namur, Charleroi, Mechelen, Hasselt',
  ),
  market('BG', 'Bulgaria', 'en', 'Europe/Sofia', 'София, Пловдив, Варна, Бургас'),
  market(
    'CH',
    'Switzerland',
    'it en',
    'Europe/Zurich',
    'Zürich, Bern, Basel, Luzern, Genève, Lausanne, Lugano, St. Gallen, Winterthur',
  ),
  market(
    'CN',
    'China',
    'zh en',
    'Asia/Shanghai',
    '北京朝阳, 上海浦东, 广州天河, 深圳南山, 杭州西湖, 成都高新, 武汉光谷, 南京鼓楼, 西安曲江, 重庆渝北, 苏州园区, 天津河西, 青岛市南, 长沙岳麓, 宁波鄞州, 厦门思明, 郑州金水, 济南历下, 大连中山, 昆明官渡, 福州台江, 合肥蜀山',
  ),
  market(
    'CZ',
    'Czechia',
    'en',
    'Europe/Prague',
    'Praha Západ, Praha Východ, Brno, Ostrava, Plzeň, Liberec, Olomouc, Hradec Králové',
  ),
  market(
    'DE',
    'Germany',
    'en',
    'Europe/Berlin',
    'Berlin, Hamburg, München, Köln, Frankfurt, Stuttgart, Düsseldorf, Leipzig, Dortmund, Essen, Bremen, Dresden, Hannover, Nürnberg, Mannheim, Karlsruhe, Augsburg, Münster, Freiburg, Kassel, Rostock, Erfurt, Mainz, Ulm, Kiel, Lübeck, Halle, Bonn',
  ),
  market(
    'DK',
    'Denmark',
    'en',
    'Europe/Copenhagen',
    'København, Aarhus, Odense, Aalborg, Esbjerg, Kolding, Roskilde',
  ),
  market('EE', 'Estonia', 'ru en', 'Europe/Tallinn', 'Tallinn, Tartu, Pärnu'),
  market(
    'ES',
    'Spain',
    'en',
    'Europe/Madrid',
    'Madrid Norte, Madrid Sur, Barcelona, Valencia, Sevilla, Zaragoza, Málaga, Bilbao, Murcia, Valladolid, Vigo, Gijón, Granada, Alicante, Córdoba, Pamplona, Almería',
  ),
  market(
    'FI',
    'Finland',
    'en',
    'Europe/Helsinki',
    'Helsinki, Espoo, Tampere, Turku, Oulu, Lahti, Kuopio',
  ),
  market(
    'FR',
    'France',
    'en',
    'Europe/Paris',
    'Paris Ouest, Paris Est, Lyon, Marseille, Toulouse, Nice, Nantes, Strasbourg, Montpellier, Bordeaux, Lille, Rennes, Reims, Dijon, Grenoble, Angers, Tours, Clermont-Ferrand, Metz, Caen, Limoges, Nancy',
  ),
  market(
    'GB',
    'United Kingdom',
    'en',
    'Europe/London',
    'London West, London East, Birmingham, Leeds, Glasgow, Sheffield, Bradford, Edinburgh, Liverpool, Manchester, Bristol, Cardiff, Leicester, Nottingham, Newcastle, Belfast, Brighton, Plymouth, Derby, Reading, Norwich, Exeter',
  ),
  market(
    'GR',
    'Greece',
    'en',
    'Europe/Athens',
    'Αθήνα, Θεσσαλονίκη, Πάτρα, Ηράκλειο, Λάρισα, Βόλος',
  ),
  market('HR', 'Croatia', 'en', 'Europe/Zagreb', 'Zagreb, Split, Rijeka, Osijek, Zadar'),
  market(
    'HU',
    'Hungary',
    'en',
    'Europe/Budapest',
    'Budapest Észak, Budapest Dél, Debrecen, Szeged, Miskolc, Pécs, Győr',
  ),
  market(
    'IE',
    'Ireland',
    'en',
    'Europe/Dublin',
    'Dublin North, Dublin South, Cork, Limerick, Galway, Waterford',
  ),
  market(
    'IT',
    'Italy',
    'it en',
    'Europe/Rome',
    'Roma Nord, Roma Sud, Milano, Napoli, Torino, Palermo, Genova, Bologna, Firenze, Bari, Catania, Verona, Padova, Brescia, Parma, Modena, Perugia, Rimini, Trieste, Bergamo',
  ),
  market(
    'JP',
    'Japan',
    'ja en',
    'Asia/Tokyo',
    '東京銀座, 東京世田谷, 横浜港北, 大阪梅田, 名古屋栄, 札幌中央, 福岡天神, 京都四条, 神戸三宮, 広島中区, 仙台青葉, 千葉美浜, さいたま大宮, 静岡葵, 金沢駅前, 岡山北, 熊本中央, 新潟万代, 鹿児島中央, 松山城北',
  ),
  market(
    'KZ',
    'Kazakhstan',
    'ru en',
    'Asia/Almaty',
    'Алматы, Астана, Шымкент, Караганда, Актобе, Павлодар',
  ),
  market('LT', 'Lithuania', 'en', 'Europe/Vilnius', 'Vilnius, Kaunas, Klaipėda, Šiauliai'),
  market('LV', 'Latvia', 'ru en', 'Europe/Riga', 'Rīga, Daugavpils, Liepāja'),
  market(
    'NL',
    'Netherlands',
    'en',
    'Europe/Amsterdam',
    'Amsterdam, Rotterdam, Den Haag, Utrecht, Eindhoven, Groningen, Tilburg, Breda, Nijmegen, Arnhem, Haarlem, Zwolle',
  ),
  market(
    'NO',
    'Norway',
    'en',
    'Europe/Oslo',
    'Oslo, Bergen, Trondheim, Stavanger, Kristiansand, Tromsø, Drammen',
  ),
  market(
    'PL',
    'Poland',
    'pl en',
    'Europe/Warsaw',
    'Warszawa Wola, Warszawa Żerań, Kraków, Łódź, Wrocław, Poznań, Gdańsk, Szczecin, Bydgoszcz, Lublin, Białystok, Katowice, Częstochowa, Rzeszów, Toruń, Kielce, Bielsko-Biała, Olsztyn, Opole, Zielona Góra',
  ),
  market(
    'PT',
    'Portugal',
    'en',
    'Europe/Lisbon',
    'Lisboa, Porto, Braga, Coimbra, Faro, Aveiro, Setúbal',
  ),
  market(
    'RO',
    'Romania',
    'en',
    'Europe/Bucharest',
    'București Nord, București Sud, Cluj-Napoca, Timișoara, Iași, Constanța, Brașov, Sibiu',
  ),
  market(
    'SE',
    'Sweden',
    'en',
    'Europe/Stockholm',
    'Stockholm, Göteborg, Malmö, Uppsala, Västerås, Örebro, Linköping, Helsingborg, Umeå',
  ),
  market('SK', 'Slovakia', 'en', 'Europe/Bratislava', 'Bratislava, Košice, Žilina, Nitra, Prešov'),
  market(
    'UA',
    'Ukraine',
    'en',
    'Europe/Kyiv',
    'Київ, Львів, Одеса, Дніпро, Харків, Вінниця, Полтава',
  ),
];

/** The invented brand of the demo. */
export const demoBrand = 'Minamo';
