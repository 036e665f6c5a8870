import { once } from 'node:events'
import { createServer } from 'node:https'
import { selfSignedCertificate } from '../../src/server/certificate.ts'
import { reportCpu } from './report-cpu.ts'

// What the ratio is taken against: the least that Node's own https server has to do for an answer to a review.
const { key, cert } = await selfSignedCertificate(['localhost', '127.0.0.1'], new Date())
const server = createServer({ key, cert, minVersion: 'TLSv1.2' }, (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const review: { request: { uid: string } } = JSON.parse(Buffer.concat(chunks).toString())
    const answer = { uid: review.request.uid, allowed: true }
    const text = JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answer })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
reportCpu({ port: typeof address === 'object' && address !== null ? address.port : 0, cert })
