const { get, getPrototypeOf } = Reflect

/**
 * A node with the properties that the browser gave it. A form answers to the name of any of its fields with that field, a document to that of a picture, form or frame in it, whatever else they have by that name
 * (https://webidl.spec.whatwg.org/#LegacyOverrideBuiltIns); what they are made after does not. Only to be asked: it is not the node itself.
 */
export function bare<T extends Node>(node: T): T {
  const { localName, nodeType } = node as T & Partial<Element> // as: what is no element has no such name
  if (typeof localName === 'string' ? localName !== 'form' : nodeType === 3 || nodeType === 11) return node
  const kind = getPrototypeOf(node) as T // as: what a node is made after has what a node has
  return new Proxy(kind, {
    get: (_, name) => {
      const value: unknown = get(kind, name, node)
      return typeof value === 'function' ? value.bind(node) : value
    },
  })
}
