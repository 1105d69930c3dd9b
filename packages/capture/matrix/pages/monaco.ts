import * as monaco from 'monaco-editor'

const element = document.createElement('div')
element.id = 'monaco'
element.style.cssText = 'width:600px;height:300px'
document.querySelector('#root')?.append(element)
const editor = monaco.editor.create(element, { value: '', language: 'plaintext', ariaLabel: 'Monaco' })

/** What the editor itself says that it holds, for the test. */
const held = { monaco: () => editor.getValue() }
Object.assign(globalThis, { held })
