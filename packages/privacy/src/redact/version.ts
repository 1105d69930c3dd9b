/** Version of the redaction rules; raised with every change of what is masked. */
export const redactionVersion = 13
