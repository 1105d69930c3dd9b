/** Takes every step, whatever becomes of the others, and throws what the first that failed threw: a part that can't be closed must not hold the rest. */
export async function undoAll(steps: readonly (() => void | Promise<void>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps)
    try {
      await step()
    } catch (cause) {
      failures.push(cause)
    }
  if (failures.length > 0) throw failures[0]
}
