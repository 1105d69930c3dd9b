import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { Button } from '../ui/button.tsx'
import { restrict, restriction } from './queries.ts'

/** One button keeps what was recorded from every use but the person's own; the same button takes that back. */
export function Restriction() {
  const client = useQueryClient()
  const { data } = useQuery(restriction)
  const turning = useMutation({ mutationFn: restrict, onSuccess: () => client.invalidateQueries() })
  if (data === undefined) return null
  const { restricted } = data
  return (
    <section aria-label="Use of my recordings" className="flex items-center gap-3 rounded-xl border border-line bg-card p-5">
      <p className="m-0 text-soft">
        {restricted
          ? 'Your recordings are kept and used for nothing, and nothing new is recorded. Only you can look at them.'
          : 'You can have your recordings kept and used for nothing, for as long as you like. Nothing new is recorded meanwhile.'}
      </p>
      <span className="ml-auto flex items-center gap-3">
        {turning.isError ? <span className="text-stop">{turning.error.message}</span> : null}
        <Button disabled={turning.isPending} onClick={() => turning.mutate(!restricted)}>
          {restricted ? 'Allow their use again' : 'Stop their use'}
        </Button>
      </span>
    </section>
  )
}
