import { expect, test } from 'vitest'

import { redactText } from '../text.ts'

const left = (text: string): string => redactText(text).text

const arabic: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => `تم إرسال العقد إلى ${name} أمس`,
  (name) => `${name} طلب إجازة هذا الأسبوع`,
  (name) => `4711;${name};مفتوح`,
  (name) => `${name} - CRM`,
  (name) => `اجتماع مع ${name} حول الميزانية`,
]
test.each([
  'محمد العلي',
  'فاطمة الزهراني',
  'أحمد بن راشد المنصوري',
  'عبد الرحمن الشمري',
  'نورة آل مكتوم',
  'يوسف أبو زيد',
  'خالد عبد العزيز',
  'سارة حداد',
  'جورج خوري',
])('a name in Arabic letters is found in words, in cells and alone: %s', (name) => {
  for (const stand of arabic) expect([stand(name), left(stand(name)).includes(name.slice(1, -1))]).toEqual([stand(name), false])
})

test.each([
  ['التقيت وأحمد العتيبي أمس', 'التقيت و[PERSON_1] أمس'],
  ['رسالة لمحمود حداد', 'رسالة ل[PERSON_1]'],
  ['أحمد: نعم، سأرسلها', '[PERSON_1]: نعم، سأرسلها'],
  ['مرحبا خالد، هل وصلت؟', 'مرحبا [PERSON_1]، هل وصلت؟'],
  ['فاکتور برای علیرضا محمدی ارسال شد', 'فاکتور برای [PERSON_1] ارسال شد'],
  ['سلام مریم، ممنون', 'سلام [PERSON_1]، ممنون'],
  // A family that no list has.
  ['حضر ناصر الزنجباري الاجتماع', 'حضر [PERSON_1] الاجتماع'],
])('words written onto a name are none of it, and one alone is somebody that is called: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each([
  ['החשבונית נשלחה אל יעל כהן ביום שני', 'החשבונית נשלחה אל [PERSON_1] ביום שני'],
  ['פגישה עם דוד בן שושן', 'פגישה עם [PERSON_1]'],
  ['שיחה ליוסי מזרחי', 'שיחה ל[PERSON_1]'],
  ['שלום נועה, תודה', 'שלום [PERSON_1], תודה'],
  ['מר רוזנברג ביקש החזר', 'מר [PERSON_1] החזר'],
  ['चालान राजेश शर्मा को भेजा गया', 'चालान [PERSON_1] को भेजा गया'],
  ['नमस्ते प्रिया, धन्यवाद', 'नमस्ते [PERSON_1], धन्यवाद'],
])('so is one in Hebrew or Devanagari letters: %s', (text, masked) => {
  expect(left(text)).toBe(masked)
})

test.each([
  // A title inside a word, which parted words in the middle.
  'מרכז השליטה',
  'למרות זאת נאמר כי המחיר ירד',
  'מספר מרוכב',
  'نام کاربری یا رمز عبور',
  'الحاجزين للسفر',
  // على, on, as many write it.
  'الاتفاق علي وقف إطلاق النار',
  'والعمل علي أداء المهمة',
  'يا له من يوم طويل',
  'المحكمة العسكرية والحاكم العسكري الأردني',
  'خلال شهر رمضان',
  'بني هاشم',
  'حفظ التغييرات قبل الإغلاق',
  'إعدادات الحساب وكلمة المرور',
  'لا توجد نتائج مطابقة',
  'هل تريد حذف هذا الملف؟',
  'آیا از حذف این مورد مطمئن هستید؟',
  'تنظیمات حساب کاربری',
  'האם למחוק את הקובץ הזה?',
  'הגדרות חשבון וסיסמה',
  'לא נמצאו תוצאות',
  'फ़ाइल सहेजी नहीं जा सकी',
  'खाता सेटिंग और पासवर्ड',
  'कार्य शुरू करना',
  'छवि जानकारी',
  'रेखा शैली चुनें',
  'אופן סידור מותאם אישית',
  'שדה אוטומטי',
  // Greeted, and nobody all the same.
  'קשת',
  'גובה של כתר',
  'يتعارض مع أسماء الحقول',
  'שלום עולם',
  'היי חמודה, מה נשמע',
  'سلام جهان',
  'नमस्ते दुनिया',
])('words in such letters are nobody: %s', (text) => {
  expect(left(text)).toBe(text)
})
