export { createPlaceholderMap, redactionVersion, redactText, redactUrl } from '@overt/privacy'
