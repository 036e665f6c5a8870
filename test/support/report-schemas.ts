import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type AnySchemaObject } from 'ajv'
import { validateXML } from 'xmllint-wasm'
import codeQuality from '../schemas/gitlab-code-quality.schema.json' with { type: 'json' }
import sarif from '../schemas/sarif-schema-2.1.0.json' with { type: 'json' }

/** Says what is wrong with a report, a line each; nothing where it is valid. */
export type Validate = (report: string) => Promise<readonly string[]>

const characters = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/

// A pattern of OASIS' has a bracket too many, which only expressions without Unicode's rules take.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
ajv.addFormat('uri', (text) => characters.test(text) && URL.canParse(text))
ajv.addFormat('uri-reference', (text) => characters.test(text) && URL.canParse(text, 'file:///srv/'))
ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)))

function jsonValidator(schema: AnySchemaObject): Validate {
  const validate = ajv.compile(schema)
  return async (report) => {
    if (validate(JSON.parse(report))) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

/** Against OASIS' schema. */
export const sarifProblems = jsonValidator(sarif)

/** Against what GitLab documents. */
export const gitlabProblems = jsonValidator(codeQuality)

const jenkins = readFileSync(join(import.meta.dirname, '../schemas/junit-10.xsd'), 'utf8')

// What GitLab and GitHub's reporters read of a test and Jenkins' schema does not know; Jenkins itself ignores it.
const more = '<xs:attribute name="file" type="xs:string"/><xs:attribute name="line" type="xs:positiveInteger"/>'
const known = '<xs:attribute name="classname" type="xs:string"/>'

/** Against Jenkins' schema, with the attributes that others read. */
export const junitProblems: Validate = async (report) => {
  const { errors } = await validateXML({
    xml: { fileName: 'report.xml', contents: report },
    schema: { fileName: 'junit.xsd', contents: jenkins.replace(known, known + more) },
  })
  return errors.map(({ rawMessage }) => rawMessage)
}
