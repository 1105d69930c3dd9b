import type { Stretch } from '../look.ts'
import { matchesIn } from '../match.ts'
import type { Span } from '../span.ts'

const arabicGiven =
  /(?<![\u0621-\u064a])(?:محمد|أحمد|علي|عمر|خالد|يوسف|إبراهيم|عبد ?(?:الله|الرحمن|العزيز|الكريم|الرحيم|القادر)|حسن|حسين|سعيد|مصطفى|محمود|طارق|كريم|سامي|فيصل|سلطان|ناصر|ماجد|وليد|بلال|ياسر|هشام|رامي|فاطمة|مريم|عائشة|خديجة|زينب|نورة?|سارة|ليلى|هدى|أمل|منى|رنا|دينا|ريم|لينا|سلمى|ياسمين|حنان|نادية|هند)(?: (?:بن |بنت |آل |أبو )?[\u0621-\u064a]{2,14}){1,2}/gu

/** A page has room for a few given names in Arabic, whatever follows them. */
export function findSpaced(text: string, stretches: readonly Stretch[]): readonly Span[] {
  if (!/[\u0621-\u064a]/.test(text)) return []
  return matchesIn(text, stretches, arabicGiven).map(({ index, 0: found }) => ({ start: index, end: index + found.length, kind: 'person' }))
}

/** Labels beyond the commonest. */
export const rareLabels = ''
