import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'

import { ApiError } from '../ui/api.ts'
import { Mine } from './mine.tsx'

const host = document.getElementById('root')
// The server may be on this very machine: whether the network is there says nothing, and a request that waits for it never fails in words.
const networkMode = 'always'
const client = new QueryClient({
  defaultOptions: {
    queries: { retry: (count, error) => count < 1 && !(error instanceof ApiError), staleTime: 5_000, networkMode },
    mutations: { networkMode },
  },
})
if (host !== null)
  createRoot(host).render(
    <QueryClientProvider client={client}>
      <Mine />
    </QueryClientProvider>,
  )
