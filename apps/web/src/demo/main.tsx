import { createRoot } from 'react-dom/client'

import { Demo } from './demo.tsx'

const host = document.getElementById('root')
if (host !== null) createRoot(host).render(<Demo />)
