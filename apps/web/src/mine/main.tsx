import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'

import { ApiError } from '../ui/api.ts'
import { Mine } from './mine.tsx'

const host = document.getElementById('root')
const client = new QueryClient({
  defaultOptions: { queries: { retry: (count, error) => count < 1 && !(error instanceof ApiError), staleTime: 5_000 } },
})
if (host !== null)
  createRoot(host).render(
    <QueryClientProvider client={client}>
      <Mine />
    </QueryClientProvider>,
  )
