import PeopleIcon from '@mui/icons-material/PeopleOutlined'
import ReceiptIcon from '@mui/icons-material/ReceiptLongOutlined'
import ReplayIcon from '@mui/icons-material/ReplayOutlined'
import type { ReactNode } from 'react'
import { AppBar, Layout, Menu, TitlePortal } from 'react-admin'

function Bar() {
  return (
    <AppBar userMenu={false} toolbar={null} color="inherit">
      <strong style={{ marginRight: 16 }}>Kestrel</strong>
      <TitlePortal />
    </AppBar>
  )
}

function Sections() {
  return (
    <Menu>
      <Menu.ResourceItem name="orders" />
      <Menu.ResourceItem name="refunds" />
      <Menu.ResourceItem name="customers" />
    </Menu>
  )
}

/** The frame around every page: the bar and the three sections. */
export function Frame({ children }: { readonly children?: ReactNode }) {
  return (
    <Layout appBar={Bar} menu={Sections}>
      {children}
    </Layout>
  )
}

/** The sections' icons. */
export const icons = { orders: ReceiptIcon, refunds: ReplayIcon, customers: PeopleIcon } as const
