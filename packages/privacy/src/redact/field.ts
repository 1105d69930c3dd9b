/** What is known of a field without reading it. */
export interface FieldFacts {
  readonly inputType?: string
  readonly autocomplete?: string
  readonly name?: string
  readonly label?: string
}

const autocomplete = /(?:^|\s)(?:current-password|new-password|one-time-code|cc-(?!name|type)[a-z-]+)(?:\s|$)/i
/** After camelCase is taken apart: whole words only, so that "compass", "pinned" and "card view" are no secrets. */
const secretWords =
  /(?<![\p{L}\p{N}])(?:pass ?words?|passwd?|passcode|pass ?phrase|pwd?|passwort|kennwort|geheim(?:zahl|nummer)|pin(?: ?code| ?number)?|puk|tan|t?otp|cv[cv]2?|csc|cvn|security ?code|verification ?code|one ?time ?(?:code|password|passcode)|sms ?code|auth ?code|[2m]fa(?: ?code)?|einmal ?(?:code|passwort|kennwort)|bestätigungs ?code|sicherheits ?code|prüf ?nummer|kartenprüfnummer|mot ?de ?passe|mdp|code ?secret|code ?pin|code ?de ?(?:vérification|sécurité)|cryptogramme|contrase[ñn]a|clave ?(?:secreta|de ?acceso)?|código ?(?:de ?)?(?:verificación|seguridad)|senha|wachtwoord|lösenord|api ?(?:key|token|secret)|secret|client ?secret|secret ?key|access ?(?:key|token)|auth ?token|private ?key|bearer|seed ?phrase|recovery ?(?:phrase|key|code)|backup ?code|mnemonic|secret ?(?:answer|question ?answer)|security ?answer|ssn|social ?security(?: ?number)?|card ?n(?:o|umber)|cc ?n(?:o|um(?:ber)?)|(?:credit|debit) ?card(?: ?number)?|kreditkarten?(?: ?nummer)?|karten ?nummer|numéro ?de ?carte|número ?de ?(?:la ?)?tarjeta|iban|kontonummer|account ?password)(?![\p{L}\p{N}])/iu

/** Whether what is typed into a field is never to be read: a password, a one-time code, a card's number, a key. By type, autocomplete, name and label, before any pattern looks at a text. */
export function secretField(facts: FieldFacts): boolean {
  if (facts.inputType?.toLowerCase() === 'password' || autocomplete.test(facts.autocomplete ?? '')) return true
  return isSecretName(facts.name ?? '') || isSecretName(facts.label ?? '')
}

/** A name or a label of more than sixty characters is a sentence, not a name. */
function isSecretName(name: string): boolean {
  const words = name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/[_\-.:*[\]()]+/g, ' ')
    .trim()
  return words.length <= 60 && secretWords.test(words)
}
