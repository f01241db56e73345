/**
 * Which letters languages write, commonest first: what a reading of unknown bytes is judged by.
 *
 * The orders follow letter counts of ordinary prose and of names; only the rank matters, and roughly.
 */

export type Script = 'latin' | 'cyrillic' | 'greek' | 'hebrew' | 'arabic' | 'thai';

/** Where a letter stands: starting a word, before a vowel, before a consonant, ending a word. */
export type Place = '^' | 'v' | 'c' | '$';

export interface Language {
  /** As ISO 639 names it. */
  readonly name: string;
  readonly script: Script;
  /** Lower-case letters outside ASCII, commonest first; those after the bar are rare. */
  readonly letters: string;
  /** How often files in it meet us, relative to the others. */
  readonly weight: number;
  /** The places of letters that are particular about them. */
  readonly habits?: Readonly<Record<string, string>>;
}

const latin = (
  name: string,
  weight: number,
  letters: string,
  habits: Readonly<Record<string, string>> = {},
): Language => ({ name, script: 'latin', letters, weight, habits });
const cyrillic = (name: string, weight: number, letters: string): Language => ({
  name,
  script: 'cyrillic',
  letters,
  weight,
});

export const languages: readonly Language[] = [
  latin('fr', 10, 'éèàêçôîâûëïùœ|üæÿ', { ç: '^v', û: 'cv', î: '^cv', ù: '$' }),
  latin('es', 10, 'óíáéñú|üªº', { ñ: '^v' }),
  latin('pt', 8, 'ãçáéíóêõúâôà|üªº', { ã: 'v', õ: 'v', ç: 'v' }),
  latin('de', 10, 'üäöß|éèà'),
  latin('it', 5, 'àèòùéì|íóî'),
  latin('en', 4, 'éöüñáíóèç|ïøâêôåäãë'),
  latin('nl', 3, 'ëéïöü|èóáíê'),
  latin('ca', 2, 'àóèéíòçúïü|'),
  latin('sv', 4, 'äåö|éüà'),
  latin('da', 4, 'åøæ|éöäüó', { ø: '^vc', æ: '^vc' }),
  latin('fi', 3, 'äö|åšžé'),
  latin('is', 1, 'áíðóöþéúýæ|', { þ: '^', ð: 'vc$', ý: '^vc' }),
  latin('fo', 0.3, 'áíøðóýúæ|', { ð: 'vc$', ø: '^vc' }),
  latin('et', 1, 'äüõöšž|', { õ: '^vc' }),
  latin('ga', 0.5, 'áíéóú|'),
  latin('cy', 0.3, 'ŵâôêŷîûï|áö'),
  latin('sq', 0.7, 'ëç|'),
  latin('eu', 0.3, 'ñ|üç', { ñ: 'v' }),
  latin('pl', 6, 'łóężąśćńź|', { ą: 'vc$', ę: 'vc$', ń: 'vc$' }),
  latin('cs', 5, 'íáéěžřčýšůúťňď|óöü'),
  latin('sk', 3, 'áíéčžýúšľťôňóď|äŕĺöü'),
  latin('hu', 4, 'éáóöőíüűú|'),
  latin('ro', 3, 'ăîţşțșâ|é'),
  latin('hr', 3, 'šžčćđ|'),
  latin('tr', 5, 'ıüşğçö|âîûİ', { ğ: 'vc$' }),
  latin('az', 0.5, 'əıüşöçğ|İ', { ğ: 'vc$' }),
  latin('lt', 1.5, 'šėžųįčąū|ę'),
  latin('lv', 1.5, 'āīēšūņļžčķģ|'),
  latin('mt', 0.2, 'ħżġċ|àòùè'),
  latin('eo', 0.1, 'ĝŭĉŝĵ|ĥ'),
  cyrillic('ru', 10, 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф|ъё'),
  cyrillic('uk', 4, 'оанивтреісклудмпзяьбгчйхцжюїєшфщ|ґ'),
  cyrillic('be', 1, 'анірыекотсялвдумьпгзйўбчцжхшюэф|ёщ'),
  cyrillic('bg', 3, 'аиоентрсвлкдпмзгъубячцжщхюшйф|ь'),
  cyrillic('sr', 2, 'аиоенртсвлкудпмјзгбчшцњжћхљфђ|џ'),
  cyrillic('mk', 1, 'аоиентвсркдлпмјуз|бгшчжцќфхљњѓџѕ'),
  {
    name: 'el',
    script: 'greek',
    weight: 4,
    letters: 'αοιετσνηυρκπςμλίάόέωήδγύχθώφβξζψ|ϊϋΐΰ',
  },
  { name: 'he', script: 'hebrew', weight: 2, letters: 'יוהלארתבשמנםכדעחפקגסטןצזךץף|' },
  { name: 'ar', script: 'arabic', weight: 2, letters: 'اليمونرتبةعدسفهكقحجشطصخىضزثذغأءإئ|آظؤ' },
  { name: 'fa', script: 'arabic', weight: 0.7, letters: 'اینردهمتوسلبشکزفگخعجقپحآصطچ|ضغثذژظئ' },
  { name: 'th', script: 'thai', weight: 2, letters: 'านรกอเงมวลยดทสตะปบิัค่ี้ขหจแชพใไโำ็ูธผุศซื์ถณ|ญฟฉภษฐฝฮฏฤฌฎฆฒฑ๊๋ๆฯึ' },
];

/**
 * The commonest characters of running text and of the words tables are made of, roughly in order. Hanzi beyond them
 * are no evidence either way.
 */
export const common = {
  zh: '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运编号称价格额客户姓地址电话邮箱省县镇村单位厂店商货款税费订购销售库存型备注状态码证状项目类型省广深圳杭州苏京沪津渝江河湖浙福陕云贵川青宁李刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈曾彭吕阿尔巴亚兰尼罗利维卡拿森布普纳伦瑞茨埃塞冈索哈吉牙匈葡萄荷芬挪丹捷波黎叙伊朗曼约旦语文元镑币',
  zht: '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運編號稱價格額客戶姓地址電話郵箱省縣鎮村單位廠店商貨款稅費訂購銷售庫存型備註狀態碼證項目臺台灣灣桃園竹雄隆嘉義屏宜蘭花蓮香港澳李劉陳楊趙黃周吳徐孫胡朱林郭羅梁宋鄭謝韓唐馮董蕭曹袁鄧傅沈曾彭呂阿爾巴亞蘭尼羅利維卡拿森布普納倫瑞茨埃塞岡索哈吉牙匈葡萄荷芬挪丹捷波黎敘伊朗曼約旦語文元鎊幣',
  ja: '日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢内部対関性的和市区県都府番号郵便所在氏住所株式会社営業製造商品価格単価数量合計税込額顧客担当者得意先備考売上請求支払期限確認登録更新削除状態種類項目分類最小大平均率割引総済未完了佐藤鈴木高橋伊渡辺村林加吉松井阪横浜神戸福岡札幌島崎原沢池橋阿斎近遠岩石谷口森清岡藤本坂',
  ko: '이다의는에을가고하지로기사한어리서자도대아인시나은를부해일수정있과스전보장그것들적주구제라원조여만성위등선거상무비마동문오유실안신트방경게국공회연우소진미모민생학관바러계야분산당개치중체르세김반으화발내드물명간양와업차교용술육권재노영통판임입강금코저출들행단품목가격번호이름주소전화날짜수량단가합계고객회사제품매출구분코드서울부산대구인천광주대전울산경기강원충청북남전라제시군동읍면로길최박조윤장임한오서권황송류홍',
} as const;
