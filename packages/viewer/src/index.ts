export { describeAction, nameIn, type Words } from './describe.ts'
export { drawPage, type Mark } from './page.ts'
export { piecesOf, type Piece } from './pieces.ts'
export { mountViewer, type Viewer, type ViewerOptions } from './viewer.ts'
