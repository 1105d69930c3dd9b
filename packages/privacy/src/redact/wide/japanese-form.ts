/** Old and rare forms of characters in names of Japan, each before the one that most write. */
const forms =
  '澤沢邊辺邉辺廣広齋斎齊斉眞真惠恵櫻桜禮礼國国德徳髙高﨑崎嶋島嶌島濱浜濵浜瀧滝彌弥亞亜榮栄實実條条壽寿學学萬万豐豊淺浅關関鐵鉄黑黒增増來来靜静顯顕曉暁聰聡薰薫渕淵藏蔵莊荘逹達壯壮圓円兒児與与佛仏舘館龜亀縣県冨富峯峰嶽岳槇槙檜桧槗橋劔剣劍剣晉晋會会傳伝經経勳勲藪薮鷗鴎祿禄濟済惣総'
const plain = new Map(Array.from({ length: forms.length / 2 }, (_, at) => [forms.charAt(at * 2), forms.charAt(at * 2 + 1)]))
const old = new RegExp(`[${[...plain.keys()].join('')}]`, 'g')

/** A name or text of Japan in the forms of characters that most write; as long as it was. */
export function ofJapan(text: string): string {
  return text.replace(old, (one) => plain.get(one) ?? one)
}
