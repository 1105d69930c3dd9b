import type { ProviderOptions } from '@overt/server'
import Type from 'typebox'

import { readJsonFile } from '../terminal/json-file.ts'

/** Who signs in, where it is not the folder's owner alone. The client's secret is in no file: OVERT_CLIENT_SECRET. */
const AccessFile = Type.Object(
  {
    v: Type.Literal('overt.access/1'),
    /** Where browsers reach the server. */
    publicUrl: Type.String({ pattern: '^https?://[^/]+$' }),
    issuer: Type.String(),
    clientId: Type.String(),
    reach: Type.Optional(Type.Union([Type.Literal('public'), Type.Literal('private')])),
    rolesClaim: Type.Optional(Type.String()),
    /** Group to role. */
    roles: Type.Record(
      Type.String(),
      Type.Union([Type.Literal('ai-team'), Type.Literal('privacy'), Type.Literal('council'), Type.Literal('admin')]),
    ),
  },
  { additionalProperties: false },
)

/** What `overt up --access FILE` adds to a server. */
export async function readAccess(
  path: string | undefined,
  clientSecret = process.env['OVERT_CLIENT_SECRET'],
): Promise<{ readonly provider?: ProviderOptions; readonly publicUrl?: string }> {
  if (path === undefined) return {}
  const { publicUrl, issuer, clientId, reach, rolesClaim, roles } = await readJsonFile(path, AccessFile, 'access')
  return {
    publicUrl,
    provider: {
      issuer,
      clientId,
      roles,
      ...(reach === undefined ? {} : { reach }),
      ...(rolesClaim === undefined ? {} : { rolesClaim }),
      ...(clientSecret === undefined ? {} : { clientSecret }),
    },
  }
}
