import { Admin, memoryStore, Resource } from 'react-admin'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'

import type { BackEnd } from '../shop/back-end.ts'
import { CustomerList, CustomerShow } from './customers.tsx'
import { Frame, icons } from './layout.tsx'
import { OrderList, OrderShow } from './orders.tsx'
import { RefundList, RefundShow } from './refunds.tsx'
import { theme } from './theme.ts'

/** The whole tool over one back end. */
export function BackOffice({ backEnd, opened }: { readonly backEnd: BackEnd; readonly opened: number }) {
  return (
    <div data-opened={opened}>
      <BrowserRouter>
        <Routes>
          <Route path="/index.html" element={<Navigate to="/orders" replace />} />
          <Route path="/*" element={<Sections backEnd={backEnd} />} />
        </Routes>
      </BrowserRouter>
    </div>
  )
}

/** Below, react-admin lays the sections over the page instead of beside it. */
const narrowestWithSidebarCssPx = 600

function Sections({ backEnd }: { readonly backEnd: BackEnd }) {
  return (
    <Admin
      title="Kestrel"
      dataProvider={backEnd.dataProvider}
      layout={Frame}
      store={memoryStore({ 'sidebar.open': window.innerWidth >= narrowestWithSidebarCssPx })}
      theme={theme}
      darkTheme={null}
      disableTelemetry
      requireAuth={false}
    >
      <Resource name="orders" list={OrderList} show={OrderShow} icon={icons.orders} recordRepresentation={(order) => `Order ${order.id}`} />
      <Resource name="refunds" list={RefundList} show={RefundShow} icon={icons.refunds} />
      <Resource name="customers" list={CustomerList} show={CustomerShow} icon={icons.customers} recordRepresentation="name" />
    </Admin>
  )
}
