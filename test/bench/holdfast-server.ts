import { startWebhook } from '../../src/cli/serve.ts'
import { serveConfig } from '../../src/config.ts'
import { inventoryOf } from '../../src/kubernetes/inventory.ts'
import { load } from '../../src/load.ts'
import { reportCpu } from './report-cpu.ts'
import { storageClass } from './samples.ts'

const { policies, input } = load({
  configFile: undefined,
  policyDirectories: [],
  profile: undefined,
  ownNamespace: 'holdfast-system',
})
const inventory = inventoryOf([storageClass()], ['StorageClass', 'PersistentVolume'])
const webhook = await startWebhook({
  config: serveConfig({ host: '127.0.0.1', port: '0', healthPort: '0' }, {}, undefined),
  feed: { initial: { policies, files: input, refused: [] }, isCurrent: () => true, watch: () => () => undefined },
  inventory: () =>
    Promise.resolve({
      current: () => inventory,
      ready: () => ({ ready: true, reasons: [] }),
      ageSeconds: () => undefined,
      stop: () => Promise.resolve(),
    }),
  now: () => new Date(),
})
reportCpu({ port: webhook.server.port, cert: webhook.keyPair.cert })
