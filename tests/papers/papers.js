/** People, secrets and cards that a goal names; none of it may be found in what is learnt from. */
const firsts = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan', 'Katherine', 'Donald', 'Margaret']
const lasts = ['Lovelace', 'Hopper', 'Dijkstra', 'Liskov', 'Turing', 'Johnson', 'Knuth', 'Hamilton']

/** Draws for a seed: the same string draws the same. */
export function diceOf(seed) {
  let state = 2_166_136_261
  for (const letter of seed) state = Math.imul(state ^ letter.codePointAt(0), 16_777_619)
  const below = (most) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    return ((state ^ (state >>> 13)) >>> 0) % most
  }
  const pick = (list) => list[below(list.length)]
  return { below, pick }
}

export function personOf({ below, pick }) {
  const [first, last] = [pick(firsts), pick(lasts)]
  const number = 1000 + below(9000)
  return {
    email: `${first}.${last}${number}@example.org`.toLowerCase(),
    phone: `+49 30 ${2_000_000 + below(7_000_000)}`,
    password: `Tr0ub!${number}${pick(lasts).toLowerCase()}#${below(90) + 10}`,
    card: cardOf(below),
    code: String(100 + below(900)),
  }
}

/** Of a test range, with its check digit. */
function cardOf(below) {
  const digits = [4, 5, 3, 9, ...Array.from({ length: 11 }, () => below(10))]
  const sum = digits.reduceRight(
    (total, digit, at) => total + ((digits.length - at) % 2 === 1 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit),
    0,
  )
  return [...digits, (10 - (sum % 10)) % 10].join('')
}

/** Defines a task page of one form: fields by label, and what each must hold in the end. */
export function defineForm(draw) {
  let wanted = {}
  let done = false
  let reward = 0
  window.overtTask = {
    reset(seed) {
      const { fields, send, instruction } = draw(diceOf(seed))
      ;[done, reward, wanted] = [false, 0, Object.fromEntries(fields.map(({ id, value }) => [id, value]))]
      const inputs = fields.map(
        ({ id, label, type = 'text', autocomplete = 'off' }) =>
          `<p><label>${label} <input id="${id}" type="${type}" autocomplete="${autocomplete}"></label></p>`,
      )
      document.body.innerHTML = `<h1>${document.title}</h1>${inputs.join('')}<button id="send">${send}</button><button id="leave">Cancel</button><p id="said"></p>`
      const close = (success) => {
        ;[done, reward] = [true, success ? 1 : 0]
        document.querySelector('#said').textContent = 'Thank you.'
      }
      document.querySelector('#send').onclick = () => close(fields.every(({ id, value }) => document.getElementById(id).value === value))
      document.querySelector('#leave').onclick = () => close(false)
      return { instruction }
    },
    outcome: () => ({ done, reward }),
    *solve() {
      for (const [id, text] of Object.entries(wanted)) yield { kind: 'type', selector: `#${id}`, text }
      yield { kind: 'click', selector: '#send' }
    },
  }
}
