import { defaultTheme, type RaThemeOptions } from 'react-admin'

const fontFamily = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'

/** The back office's look: system fonts only, so that nothing is fetched. */
export const theme: RaThemeOptions = {
  ...defaultTheme,
  palette: {
    mode: 'light',
    primary: { main: '#1f4b6e' },
    secondary: { main: '#1f4b6e' },
    background: { default: '#f4f5f7', paper: '#ffffff' },
  },
  typography: { fontFamily, fontSize: 13.5, h6: { fontSize: 17, fontWeight: 600 }, button: { textTransform: 'none', fontWeight: 600 } },
  shape: { borderRadius: 6 },
  sidebar: { width: 148, closedWidth: 50 },
  components: {
    ...defaultTheme.components,
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { rounded: { border: '1px solid #e3e6ea' } } },
    MuiAppBar: { defaultProps: { elevation: 0 }, styleOverrides: { root: { background: '#17324a', color: '#fff' } } },
    MuiTableCell: { styleOverrides: { root: { borderColor: '#eceef1' }, head: { fontWeight: 600, color: '#5b6672' } } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small' } },
    RaFilterForm: { styleOverrides: { root: { alignItems: 'center', minHeight: 56, '& .RaFilterFormInput-spacer': { width: 12 } } } },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
  },
}
