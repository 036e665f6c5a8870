/**
 * How sure a match is: `high` is a known format or structure, `medium` a literal under a name that says password or
 * secret, `low` a random-looking value near such a name.
 */
export type Confidence = 'high' | 'medium' | 'low'

/** Confidences in order. */
export const confidenceRank: Readonly<Record<Confidence, number>> = { low: 1, medium: 2, high: 3 }

/** A sort of credential. */
export interface SecretKind {
  /** Stable: exceptions and reports name it. */
  readonly id: string
  /** As a message says it: `an AWS access key ID`. */
  readonly title: string
  readonly confidence: Confidence
  /** It is a key that the vendor's documentation shows: of low confidence in a file that is called an example. */
  readonly sample?: true
}

/** The sorts of credential that are recognised by structure or by the name they stand under, not by a token format. */
export const kinds = {
  privateKey: { id: 'private-key', title: 'a private key', confidence: 'high' },
  keystore: { id: 'keystore', title: 'a keystore', confidence: 'high' },
  jwt: { id: 'jwt', title: 'a JSON Web Token', confidence: 'high' },
  urlCredentials: { id: 'url-credentials', title: 'a URL with a password', confidence: 'high' },
  urlToken: { id: 'url-token', title: 'a URL with a token in its query', confidence: 'high' },
  awsSecretKey: { id: 'aws-secret-key', title: 'an AWS secret access key', confidence: 'high' },
  awsSampleKey: { id: 'aws-secret-key', title: 'an AWS secret access key', confidence: 'high', sample: true },
  passwordHash: { id: 'password-hash', title: 'a password hash', confidence: 'high' },
  registryAuth: { id: 'registry-auth', title: 'registry credentials', confidence: 'high' },
  authorizationHeader: { id: 'authorization-header', title: 'an Authorization header', confidence: 'high' },
  sqlPassword: { id: 'sql-password', title: 'a password in an SQL statement', confidence: 'high' },
  commandPassword: { id: 'command-password', title: 'a password on a command line', confidence: 'medium' },
  secretManifest: { id: 'secret-manifest', title: 'a Secret manifest with its data', confidence: 'high' },
  passwordLiteral: { id: 'password-literal', title: 'a literal password', confidence: 'medium' },
  secretLiteral: { id: 'secret-literal', title: 'a literal secret', confidence: 'medium' },
  serviceKey: { id: 'service-key', title: 'a key of a service', confidence: 'medium' },
  weakPassword: { id: 'weak-password', title: 'a weak password', confidence: 'low' },
  randomKey: { id: 'random-key', title: 'a random-looking key', confidence: 'low' },
  nearKeyword: {
    id: 'random-near-keyword',
    title: 'a random-looking value beside a secret-like word',
    confidence: 'low',
  },
  incomplete: { id: 'scan-incomplete', title: 'more content than one scan decodes', confidence: 'medium' },
} as const satisfies Readonly<Record<string, SecretKind>>

/** Something a detector found in a text. It stays inside the scan: what the scan gives out has no value in it. */
export interface Hit {
  readonly kind: SecretKind
  /** Where in the text, in UTF-16 code units. */
  readonly offset: number
  /** The name the value stands under, where there is one. It is checked before anything shows it. */
  readonly name?: string
  /** The credential alone, where the detector knows it: what a fingerprint is made of. Never shown. */
  readonly value?: string
}

/** Where a detector puts what it finds. */
export type Report = (hit: Hit) => void

/** Looks for one family of credentials in a text, in time linear in its length. */
export type TextDetector = (text: string, report: Report) => void
