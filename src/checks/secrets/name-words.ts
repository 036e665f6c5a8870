/**
 * The words by which a name says what its value is. Gathered from the names that public ConfigMaps, env lists, Helm
 * charts and the configuration references of common servers use. All lower case.
 */

/** The words of a table. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(nameTableExpressions.blank))
}

/** What the tables below are split at. */
export const nameTableExpressions = { blank: /\s+/ } as const

/** A name that ends in one of these holds a password: any literal under it counts, a weak one too. */
export const passwordWords: ReadonlySet<string> = wordSet(`
  password passwd pwd passphrase passcode passwort motdepasse contrasena senha pass masterauth requirepass
  passwrd pswd psw pword kennwort heslo haslo parola mdp clave wachtwoord sifre rootpw bindpw authtok userpw adminpw
  dbpw
`)

/**
 * Names, their words run together, that end in one of these are passwords in all but name: the second half of an S3 key
 * pair (MinIO takes any text of 8 characters), heketi's restuserkey.
 */
export const passwordPhrases: readonly string[] = [
  'secretaccesskey',
  'accesskeysecret',
  'secretkeybase',
  'restuserkey',
  'miniosecretkey',
  's3secretkey',
  'awssecretkey',
  's3secret',
]

/** Words that end in `pass` and have nothing to do with passwords. */
export const passLookalikes: ReadonlySet<string> = wordSet(`
  bypass compass surpass trespass encompass proxypass underpass overpass webpass multipass
`)

/** Words before `pass` that make it a verb or a pass over data: nginx's `proxy_pass`, `first_pass`. */
export const passVerbs: ReadonlySet<string> = wordSet(`
  proxy fastcgi uwsgi grpc scgi memcached by first second single multi under over
`)

/** A name that ends in one of these holds a secret where its value looks like one. */
export const secretEndings: readonly string[] = [
  'secret',
  'token',
  'apikey',
  'credential',
  'credentials',
  'authkey',
  'bearer',
  'psk',
  'dsn',
  'jwt',
  'accountkey',
  'secretkey',
  'accesskey',
  'privatekey',
  'encryptionkey',
  'signingkey',
  'userkey',
  'masterkey',
]

/** Words before `token` or `secret` that make it no credential: tokenizers, forms. */
export const tokenDisqualifiers: ReadonlySet<string> = wordSet(`
  eos bos pad unk stop csrf xsrf mask sep cls next page continue cancellation
`)

/** Words before `key` that make it a credential. */
export const keyQualifiers: ReadonlySet<string> = wordSet(`
  api access secret private encryption encrypt signing sign master account storage shared license licence
  service auth deploy ssh rsa app application client user root admin integration unseal hmac aes session cookie
  webhook ingest write decryption kms jwt token security deployment authentication crypto cipher seal wg
  wireguard preshared developer partner subscription pgp gpg host data
`)

/** Words that may stand between the name of a service and the word that says that its key follows. */
export const keyAttributes: ReadonlySet<string> = wordSet(`
  api auth access private client admin app license pat sdk write ingest personal account user rest server live prod
  service bot sandbox test rw ro bearer oauth consumer signing encryption webhook master root project org
`)

/** What a word that says that a key follows ends in. */
export const keyNouns: readonly string[] = ['key', 'secret', 'token', 'pat', 'password', 'credential', 'credentials']

/** Words before `key` that make it an index, a name or a public half. */
export const keyDisqualifiers: ReadonlySet<string> = wordSet(`
  public pub primary partition sort foreign cache object label map annotation topology field registry
  publishable site row shard index composite unique natural surrogate translation i18n lookup hot short key
  routing tag group config
`)

/** A name that ends in one of these holds a credential only where its value looks random. */
export const weakWords: ReadonlySet<string> = wordSet(`
  salt signature auth authorization secrets tokens license serial sid keys cookie
`)

/** Last words that only say which variant it is: `PASSWORD_PROD`, `token_b64`. */
export const variantWords: ReadonlySet<string> = wordSet(`
  prod production dev test testing staging stage qa uat local new old current previous default value plain
  plaintext encoded b64 base64 v1 v2 v3 live raw string str literal hash bcrypt txt
`)

/** First words that make the value a switch, a number or a text of a form. */
export const settingWords: ReadonlySet<string> = wordSet(`
  enable disable enabled disabled require required allow use has is show hide skip no max min generate auto
  automount existing external
`)

/** First words of labels of a form: `confirmPassword`, `forgot_password`. */
export const formWords: ReadonlySet<string> = wordSet(`
  existing forgot reset confirm change enter
`)

/** Names a value stands under that say nothing: the parent's name counts (`password: { value: … }`). */
export const containerWords: ReadonlySet<string> = wordSet(`
  value credentials plain plaintext data literal default key
`)

/** Last words of names that begin with SECRET and say something about a secret: where it is, what it is called. */
export const secretAttributes: ReadonlySet<string> = wordSet(`
  name names namespace path file dir directory mount ref reference id ids type provider store class version prefix
  suffix backend engine arn uri url host manager region selector annotation label labels format field size length ttl
  rotation interval enabled hash checksum digest revision sha image repo count
`)
