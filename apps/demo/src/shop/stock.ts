/** First names of invented customers. */
export const firstNames = [
  'Gus',
  'Ines',
  'Mira',
  'Tomas',
  'Anouk',
  'Bela',
  'Carla',
  'Dario',
  'Edda',
  'Femi',
  'Greta',
  'Hugo',
  'Ilse',
  'Jonas',
  'Kaja',
  'Leo',
  'Nadia',
  'Oskar',
  'Pilar',
  'Quentin',
  'Rosa',
  'Stefan',
  'Thea',
  'Yusuf',
] as const

/** Last names of invented customers. */
export const lastNames = ['Moreau', 'Farrow', 'Lindqvist', 'Okafor', 'Brandt', 'Castellano', 'Novak', 'Eklund', 'Haas', 'Petit'] as const

/** Where they live. */
export const cities = ['Berlin', 'Ghent', 'Porto', 'Malmö', 'Graz', 'Turin', 'Lyon', 'Leeds'] as const

/** What the shop sells. */
export const items = [
  { name: 'Desk lamp, brass', priceEuro: 89.9 },
  { name: 'Standing desk, oak', priceEuro: 742 },
  { name: 'Office chair, mesh', priceEuro: 389.5 },
  { name: 'Monitor arm', priceEuro: 118 },
  { name: 'Filing cabinet', priceEuro: 264.75 },
  { name: 'Notebook set', priceEuro: 24.3 },
  { name: 'Bookcase, walnut', priceEuro: 615 },
  { name: 'Whiteboard, 180 cm', priceEuro: 229 },
] as const

/** What customers write with an order; most write nothing. */
export const messages = [
  '',
  '',
  'Please ring twice.',
  'Leave it with the neighbour on the second floor.',
  'Can this arrive before Friday?',
  'The invoice goes to the office, please.',
] as const
