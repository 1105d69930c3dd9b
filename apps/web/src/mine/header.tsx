import { useQuery } from '@tanstack/react-query'

import { useAddress } from '../ui/address.ts'
import { agreements, restriction } from './queries.ts'

const places = [
  { path: '/mine', name: 'Today' },
  { path: '/mine/looked', name: 'Who looked' },
  { path: '/mine/agreement', name: 'My agreement' },
] as const

/** The name, the three places, and whether recording is on. */
export function Header({ path }: { readonly path: string }) {
  const { go } = useAddress()
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-6 border-b border-line bg-card px-5 max-[700px]:px-3">
      <span className="text-[15px] font-bold tracking-tight">Overt</span>
      <nav aria-label="Your pages" className="flex h-14 gap-1 max-[700px]:order-last max-[700px]:h-11 max-[700px]:w-full">
        {places.map((place) => (
          <a
            key={place.path}
            href={place.path}
            aria-current={path === place.path ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault()
              go(place.path)
            }}
            className="flex h-full items-center border-b-2 border-transparent px-3 whitespace-nowrap text-soft no-underline hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
          >
            {place.name}
          </a>
        ))}
      </nav>
      <RecordingState />
    </header>
  )
}

function RecordingState() {
  const { data } = useQuery(agreements)
  const { data: use } = useQuery(restriction)
  const { go } = useAddress()
  if (data === undefined) return null
  const on = use?.restricted !== true && data.some((agreement) => agreement.state === 'on')
  return (
    <button
      type="button"
      onClick={() => go('/mine/agreement')}
      className="my-2 ml-auto flex h-8 items-center gap-2 rounded-full whitespace-nowrap border border-line bg-card px-3 text-[13px] font-semibold hover:bg-sunken"
    >
      <span aria-hidden className={`size-2 rounded-full ${on ? 'bg-stop' : 'bg-faint'}`} />
      {on ? 'Recording is allowed' : 'Recording is off'}
    </button>
  )
}
