import { type TokenFormat, tokenKind } from './format.ts'

/** Source hosting, pipelines, registries and feature flags. */
export const pipelineFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('vault-legacy-token', 'a HashiCorp Vault token'),
    prefixes: ['s.', 'b.'],
    body: /(?=[A-Za-z]{0,22}\d)[A-Za-z0-9]{24}(?![\w.(-])/y,
    source: 'https://developer.hashicorp.com/vault/docs/concepts/tokens',
  },
  {
    kind: tokenKind('gitlab-session', 'a GitLab session cookie'),
    prefixes: ['_gitlab_session='],
    body: /[0-9a-z]{32}/y,
    source: 'gitleaks rule gitlab-session-cookie',
  },
  {
    kind: tokenKind('gitlab-other-token', 'a GitLab token'),
    prefixes: ['glwt-', 'glrtr-'],
    body: /[\w-]{20}/y,
    source: 'https://docs.gitlab.com/security/tokens/',
  },
  {
    kind: tokenKind('bitbucket-server-token', 'a Bitbucket Data Center token'),
    prefixes: ['BBDC-'],
    body: /[A-Za-z0-9+/@_-]{38}/y,
    source: 'https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html',
  },
  {
    kind: tokenKind('circleci-token', 'a CircleCI token'),
    prefixes: ['CCIPAT_', 'CCIPRJ_'],
    body: /[A-Za-z0-9]{22}_[a-f0-9]{40}/y,
    source: 'https://circleci.com/docs/managing-api-tokens/',
  },
  {
    kind: tokenKind('harness-token', 'a Harness token'),
    prefixes: ['pat.', 'sat.'],
    body: /[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}/y,
    source: 'https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/',
  },
  {
    kind: tokenKind('teamcity-token', 'a TeamCity token'),
    prefixes: ['eyJ0eXAiOiAiVENWMiJ9.'],
    body: /[\w-]{36}\.[\w-]{48}/y,
    source: 'https://www.jetbrains.com/help/teamcity/managing-your-user-account.html',
  },
  {
    kind: tokenKind('snyk-token', 'a Snyk token'),
    prefixes: ['snyk_uat.', 'snyk_sat.'],
    body: /[a-z0-9]{6,12}\.[\w-]{20}/y,
    source: 'https://docs.snyk.io/snyk-api/authentication-for-api',
  },
  {
    kind: tokenKind('buildkite-agent-token', 'a Buildkite token'),
    prefixes: ['bkct_', 'bkaj_'],
    body: /[\w-]{30}/y,
    source: 'https://buildkite.com/docs/agent/v3/tokens',
  },
  {
    kind: tokenKind('sourcegraph-other-token', 'a Sourcegraph token'),
    prefixes: ['slk_', 'sgd_'],
    body: /[a-f0-9]{64}/y,
    source: 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token',
  },
  {
    kind: tokenKind('stackhawk-key', 'a StackHawk key'),
    prefixes: ['hawk.'],
    body: /[\w-]{20}\.[\w-]{20}/y,
    source: 'https://docs.stackhawk.com/',
  },
  {
    kind: tokenKind('launchdarkly-key', 'a LaunchDarkly key'),
    prefixes: ['sdk-', 'api-', 'rel-'],
    body: /[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}(?![\w-])/y,
    source: 'https://launchdarkly.com/docs/home/account/api',
  },
  {
    kind: tokenKind('configcat-key', 'a ConfigCat SDK key'),
    prefixes: ['configcat-sdk-1/'],
    body: /[\w-]{22}\/[\w-]{22}/y,
    source: 'https://configcat.com/docs/',
  },
  {
    kind: tokenKind('statsig-key', 'a Statsig server secret'),
    prefixes: ['secret-'],
    body: /(?=[A-Za-z]{0,40}\d)[A-Za-z0-9]{40,46}(?![A-Za-z0-9])/y,
    source: 'https://docs.statsig.com/access-management/introduction',
  },
  {
    kind: tokenKind('flagsmith-key', 'a Flagsmith server key'),
    prefixes: ['ser.'],
    body: /(?=[A-Za-z]{0,20}\d)[A-Za-z0-9]{22}(?![A-Za-z0-9])/y,
    source: 'https://docs.flagsmith.com/',
  },
  {
    kind: tokenKind('npm-legacy-token', 'an npm access token'),
    prefixes: ['NpmToken.'],
    body: /[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}/y,
    source: 'https://docs.npmjs.com/about-access-tokens',
  },
  {
    kind: tokenKind('packagist-token', 'a Packagist token'),
    prefixes: ['packagist_ort_', 'packagist_uut_', 'packagist_out_', 'packagist_urt_'],
    body: /[a-f0-9]{60}/y,
    source: 'https://packagist.com/docs',
  },
  {
    kind: tokenKind('jfrog-reference-token', 'a JFrog reference token'),
    prefixes: ['cmVmdGtuOj', 'cmVmdG'],
    body: /[A-Za-z0-9+/]{54}/y,
    source: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/reference-token',
  },
  {
    kind: tokenKind('doppler-other-token', 'a Doppler token'),
    prefixes: ['dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.', 'dp.said.'],
    body: /[A-Za-z0-9]{40}/y,
    source: 'https://docs.doppler.com/docs/service-tokens',
  },
  {
    kind: tokenKind('infisical-token', 'an Infisical service token'),
    prefixes: ['st.'],
    body: /[a-f0-9]{24}\.[a-f0-9]{32}\.[a-f0-9]{32}/y,
    source: 'https://infisical.com/docs/documentation/platform/token',
  },
  {
    kind: tokenKind('one-password-secret-key', 'a 1Password secret key'),
    prefixes: ['A3-'],
    body: /[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}/y,
    source: 'https://support.1password.com/secret-key/',
  },
  {
    kind: tokenKind('bitwarden-token', 'a Bitwarden Secrets Manager token'),
    prefixes: ['0.'],
    body: /[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}\.[A-Za-z0-9]{30}:/y,
    source: 'https://bitwarden.com/help/access-tokens/',
  },
  {
    kind: tokenKind('endor-key', 'an Endor Labs key'),
    prefixes: ['endr+'],
    body: /[A-Za-z0-9-]{16}/y,
    source: 'https://docs.endorlabs.com/',
  },
  {
    kind: tokenKind('trello-token', 'a Trello token'),
    prefixes: ['ATTA'],
    body: /[a-f0-9]{64}/y,
    source: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/',
  },
]
