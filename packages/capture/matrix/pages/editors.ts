import { registerRichText } from '@lexical/rich-text'
import { Editor } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { EditorView, basicSetup } from 'codemirror'
import { $getRoot, createEditor } from 'lexical'
import Quill from 'quill'

/** What each editor itself says that it holds, for the test. */
const held: Record<string, () => string> = {}
Object.assign(globalThis, { held })

function box(id: string): HTMLElement {
  const element = document.createElement('div')
  element.id = id
  element.style.cssText = 'width:420px;min-height:60px;margin:8px;border:1px solid'
  document.querySelector('#root')?.append(element)
  return element
}

function plain(): void {
  const element = box('plain')
  element.contentEditable = 'true'
  element.ariaLabel = 'Plain'
  held['plain'] = () => element.innerText
}

function tiptap(): void {
  const editor = new Editor({
    element: box('tiptap'),
    extensions: [StarterKit],
    editorProps: { attributes: { 'aria-label': 'Tiptap', role: 'textbox' } },
  })
  held['tiptap'] = () => editor.getText({ blockSeparator: '\n' })
}

function lexical(): void {
  const element = box('lexical')
  element.contentEditable = 'true'
  element.ariaLabel = 'Lexical'
  const editor = createEditor({
    namespace: 'matrix',
    onError: (error) => {
      throw error
    },
  })
  editor.setRootElement(element)
  registerRichText(editor)
  held['lexical'] = () => editor.read(() => $getRoot().getTextContent()).replaceAll('\n\n', '\n')
}

function quill(): void {
  const editor = new Quill(box('quill'))
  editor.root.ariaLabel = 'Quill'
  held['quill'] = () => editor.getText().replace(/\n$/, '')
}

function codemirror(): void {
  const view = new EditorView({
    parent: box('codemirror'),
    extensions: [basicSetup, EditorView.contentAttributes.of({ 'aria-label': 'Codemirror' })],
  })
  held['codemirror'] = () => view.state.doc.toString()
}

interface TextUpdate extends Event {
  readonly updateRangeStart: number
  readonly updateRangeEnd: number
  readonly text: string
  readonly selectionStart: number
  readonly selectionEnd: number
}

interface OwnContext extends EventTarget {
  readonly text: string
  readonly selectionStart: number
  readonly selectionEnd: number
  updateText(start: number, end: number, text: string): void
  updateSelection(start: number, end: number): void
}

/** An editor that draws its own text and takes it by the EditContext API alone (https://www.w3.org/TR/edit-context/). */
function editContext(): void {
  const element = box('context')
  element.ariaLabel = 'Context'
  element.role = 'textbox'
  element.tabIndex = 0
  element.style.whiteSpace = 'pre-wrap'
  const { EditContext } = globalThis as unknown as { EditContext: new () => OwnContext } // as: TypeScript's own library does not know it yet
  const context = new EditContext()
  Object.assign(element, { editContext: context })
  let text = ''
  const replace = (start: number, end: number, put: string): void => {
    text = text.slice(0, start) + put + text.slice(end)
    element.textContent = text
  }
  context.addEventListener('textupdate', (event) => {
    const { updateRangeStart, updateRangeEnd, text: put } = event as TextUpdate // as: the type was asked for by its name
    replace(updateRangeStart, updateRangeEnd, put)
  })
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const { selectionStart, selectionEnd } = context
    context.updateText(selectionStart, selectionEnd, '\n')
    context.updateSelection(selectionStart + 1, selectionStart + 1)
    replace(selectionStart, selectionEnd, '\n')
  })
  held['context'] = () => text
}

for (const make of [plain, tiptap, lexical, quill, codemirror, editContext]) make()
