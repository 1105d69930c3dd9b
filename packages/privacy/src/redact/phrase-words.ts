import type { Family } from './beginning.ts'

const pieces = (list: string): readonly string[] => list.trim().split(/,\s+/)
/** Of these words more grow, at either end. */
const inside = (list: string): Family => ({ pieces: pieces(list), pattern: (own) => `(?:${own})`, inside: true })

/** Words that a secret of many words stands after, and what is told of safes, alarms and questions. */
export const phraseWords: Readonly<Record<'wallet' | 'safe' | 'alarm' | 'asked' | 'half', Family>> = {
  wallet: inside('phrase, seed, frase, фраза, mnemoni, wallet'),
  safe: inside(
    '(?<![\\p{L}\\p{N}_])safe(?! (?:working|to|and|for|area|operat)), tresor, coffre, (?<![\\p{L}\\p{N}_])caja, cofre, cassaforte, kluis, sejf, сейф, kasa(?![\\p{L}\\p{N}_]), kassaskåp, pengeskab, trezor, combinat, kombination, (?<![\\p{L}\\p{N}_])lock, 金庫, 保险',
  ),
  alarm: inside('alarm, allarme, сигнализац, 警报, 报警, 警備, 경보'),
  asked: inside(`
    security question, secret question, sicherheitsfrage, question secrète, question de sécurité, (?:pregunta|pergunta|domanda) (?:de |di )?(?:segur|secret|segret|sicur), pytanie (?:pomoc|bezp), beveiligingsvraag, geheime vraag, güvenlik soru, контрольн\\S{2,3} вопрос, секретн\\S{2,3} вопрос, 秘密の質問, 密[码碼]问题`),
  half: {
    pieces: pieces('half, part, hälfte, teil, moitié, partie, mitad, parte, metade, helft, deel, met[àa], połowa, часть, половина'),
    pattern: (own) => `(?<!\\p{L})(?:${own})(?: of| der| de| des| van)?[^\\n:]{0,24}:[ \\t]{0,3}`,
  },
}
