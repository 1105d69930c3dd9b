import type { Family } from '../beginning.ts'

const pieces = (list: string): readonly string[] => list.trim().split(/,\s+/)
/** Of these words more grow, at either end. */
const inside = (list: string): Family => ({ pieces: pieces(list), pattern: (own) => `(?:${own})`, inside: true })

/** Words that a secret of many words stands after, and what is told of questions and halves. */
export const phraseWords: Readonly<Record<'wallet' | 'asked' | 'half' | 'maiden', Family>> = {
  wallet: inside('phrase, seed, frase, фраза, mnemoni, wallet'),
  asked: inside(`
    security question, secret question, sicherheitsfrage, question secrète, question de sécurité, (?:pregunta|pergunta|domanda) (?:de |di )?(?:segur|secret|segret|sicur), pytanie (?:pomoc|bezp), beveiligingsvraag, geheime vraag, güvenlik soru, контрольн\\S{2,3} вопрос, секретн\\S{2,3} вопрос, 秘密の質問, 密[码碼]问题`),
  half: {
    pieces: pieces('half, part, hälfte, teil, moitié, partie, mitad, parte, metade, helft, deel, met[àa], połowa, часть, половина'),
    pattern: (own) => `(?<!\\p{L})(?:${own})(?: of| der| de| des| van)?[^\\n:]{0,24}:[ \\t]{0,3}`,
  },
  /** Of who was born, when and as whom. */
  maiden: {
    pieces: pieces(
      'geb\\., geborene, née, ép\\., épouse, z d, roz\\., nata , soltera, o\\. s\\., f\\. , урожд, doğumlu, born, geboren, nascid, nasceu, nacid, nació, nées?, nato, syntynyt, f_?nac, fec_, dt_?nasc, data_?ur, geb_?dat, dob, birth[_d], dateofbirth, b\\. , 年月日',
    ),
    pattern: (own) => `(?<![A-Za-z])(?:${own})`,
  },
}
