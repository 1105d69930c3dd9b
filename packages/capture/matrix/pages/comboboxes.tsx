import { Combobox } from '@base-ui/react/combobox'
import { Select as BaseSelect } from '@base-ui/react/select'
import { Autocomplete, MenuItem, TextField } from '@mui/material'
import { useSelect } from 'downshift'
import { Select as Radix } from 'radix-ui'
import { createRoot } from 'react-dom/client'
import ReactSelect from 'react-select'

const towns = ['Paris', 'Rome', 'Kyoto']

function Downshift() {
  const { isOpen, selectedItem, getToggleButtonProps, getLabelProps, getMenuProps, getItemProps } = useSelect({
    items: towns,
    toggleButtonId: 'downshift',
  })
  return (
    <div>
      <span {...getLabelProps()}>Downshift</span>
      <div {...getToggleButtonProps()} style={{ width: 200, border: '1px solid' }}>
        {selectedItem ?? 'None'}
      </div>
      <ul {...getMenuProps()} style={{ margin: 0 }}>
        {isOpen &&
          towns.map((item, index) => (
            <li key={item} {...getItemProps({ item, index })}>
              {item}
            </li>
          ))}
      </ul>
    </div>
  )
}

function RadixSelect() {
  return (
    <Radix.Root defaultValue="Rome">
      <Radix.Trigger id="radix" aria-label="Radix">
        <Radix.Value />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content position="popper">
          <Radix.Viewport>
            {towns.map((town) => (
              <Radix.Item key={town} value={town}>
                <Radix.ItemText>{town}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Base() {
  return (
    <BaseSelect.Root defaultValue="Rome">
      <BaseSelect.Trigger id="base" aria-label="Base">
        <BaseSelect.Value />
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner alignItemWithTrigger={false}>
          <BaseSelect.Popup>
            <BaseSelect.List>
              {towns.map((town) => (
                <BaseSelect.Item key={town} value={town}>
                  <BaseSelect.ItemText>{town}</BaseSelect.ItemText>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}

function BaseCombobox() {
  return (
    <Combobox.Root items={towns}>
      <Combobox.Input id="base-combobox" aria-label="Base combobox" />
      <Combobox.Portal>
        <Combobox.Positioner>
          <Combobox.Popup>
            <Combobox.List>
              {(town: string) => (
                <Combobox.Item key={town} value={town}>
                  {town}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}

function All() {
  return (
    <div style={{ display: 'grid', gap: 8, width: 260 }}>
      <TextField select label="Mui" defaultValue="Rome" slotProps={{ select: { SelectDisplayProps: { id: 'mui' } } }}>
        {towns.map((town) => (
          <MenuItem key={town} value={town}>
            {town}
          </MenuItem>
        ))}
      </TextField>
      <Autocomplete id="auto" options={towns} renderInput={(props) => <TextField {...props} label="Mui autocomplete" />} />
      <Base />
      <BaseCombobox />
      <RadixSelect />
      <ReactSelect
        inputId="react"
        aria-label="React"
        menuPortalTarget={document.body}
        options={towns.map((label) => ({ label, value: label }))}
      />
      <Downshift />
    </div>
  )
}

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<All />)
