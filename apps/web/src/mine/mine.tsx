import { useAddress } from '../ui/address.ts'
import { Agreement } from './agreement.tsx'
import { Header } from './header.tsx'
import { Looked } from './looked.tsx'
import { Today } from './today.tsx'

/** A person's own pages. */
export function Mine() {
  const { path } = useAddress()
  return (
    <div className="flex h-full flex-col">
      <Header path={path} />
      <main className="min-h-0 flex-1">
        {path === '/mine/looked' ? <Looked /> : path === '/mine/agreement' ? <Agreement /> : <Today />}
      </main>
    </div>
  )
}
