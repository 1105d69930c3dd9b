import type { ButtonHTMLAttributes } from 'react'

const looks = {
  main: 'bg-accent text-accent-ink border-transparent hover:brightness-110',
  plain: 'bg-card text-ink border-line hover:bg-sunken',
  quiet: 'bg-transparent text-soft border-transparent hover:bg-sunken hover:text-ink',
  stop: 'bg-card text-stop border-line hover:bg-stop-wash',
  erase: 'bg-stop text-card border-transparent hover:brightness-110',
} as const

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof looks
}

/** A button of at least 32 CSS pixels' height. */
export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  const shape =
    'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-[13px] font-semibold whitespace-nowrap disabled:opacity-45'
  return <button type={type} className={`${shape} ${looks[look]} ${className}`} {...rest} />
}
