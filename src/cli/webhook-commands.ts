import { Option } from 'commander'
import { demoDefaults, serveConfig, type ServeFlags } from '../config.ts'
import { load } from '../load.ts'
import { logLevels } from '../telemetry/logger.ts'
import {
  type AddCommands,
  collect,
  knownCluster,
  loadOptions,
  loadWith,
  type PolicyFlags,
  withPolicyFlags,
} from './command-flags.ts'
import { fileFeed } from './policy-feed.ts'
import { review } from './review.ts'

/** The commands that answer the API server: `serve`, `demo` and `review`. */
export const addWebhookCommands: AddCommands = (program, options, onExit) => {
  const commands = [
    {
      name: 'serve',
      summary: 'serve the admission webhook',
      description: 'Serves the admission webhook until it is told to stop (SIGTERM, Ctrl-C).',
      run: options.serve,
      defaults: {},
    },
    {
      name: 'demo',
      summary: 'serve the webhook and show it at work',
      description:
        'Serves the admission webhook, sends it some manifests as the API server would, and shows the answers.',
      run: options.demo,
      defaults: demoDefaults,
    },
  ]
  for (const { name, summary, description, run, defaults } of commands) {
    withPolicyFlags(program.command(name))
      .summary(summary)
      .description(description)
      .option('--host <address>', 'the address to listen on')
      .option('--port <port>', 'the port of the webhook (TLS); 0: a free one')
      .option('--health-port <port>', 'the plain port of /healthz, /readyz and /metrics; 0: a free one')
      .option('--custom-resources', 'follow policies and exceptions that are custom resources (with --cluster)')
      .option('--tls-cert <file>', 'PEM file of the certificate; without one it is made at start')
      .option('--tls-key <file>', 'PEM file of its private key')
      .option('--client-ca <file>', 'PEM file of the authorities of client certificates, which are required then')
      .option(
        '--client-name <name>',
        'a common name or DNS name that a client certificate may have (repeatable)',
        collect,
      )
      .option('--max-in-flight <calls>', 'how many calls to work on at a time; more are turned away at once')
      .option('--drain-delay <seconds>', 'how long to serve on after readiness is withdrawn')
      .option('--events', 'write Kubernetes Events for what is denied, repaired or warned of; needs --cluster')
      .addOption(new Option('--log-level <level>', 'what to log').choices(logLevels))
      .action(async (flags: PolicyFlags & ServeFlags) => {
        const loading = { ...loadOptions(flags, options), customResources: flags.customResources }
        const loaded = load(loading)
        const config = serveConfig({ ...defaults, ...flags }, loaded.config, loading.configFile)
        const { now } = options.terminal
        onExit(await run({ config, feed: fileFeed(loading, loaded), inventory: options.openInventory(config), now }))
      })
  }
  withPolicyFlags(program.command('review'))
    .summary('answer one AdmissionReview from a file')
    .description('Answers one AdmissionReview as the webhooks would: with a patch or a denial.')
    .argument('[file]', 'a file with the AdmissionReview, or - for standard input', '-')
    .action(async (file: string, flags: PolicyFlags) => {
      const { policies } = loadWith(flags, options)
      onExit(await review(file, policies, await knownCluster(flags, options), options.terminal))
    })
}
