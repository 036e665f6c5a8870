function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

/** Names that services, hosts, databases and people's projects have. */
export const nouns = words(`
  orders billing checkout catalog inventory shipping payment customer account ledger invoice search media mailer
  notifier gateway frontend backend worker scheduler batch report export metrics audit profile session cart pricing
  warehouse courier campaign coupon review rating forum wiki portal intranet dispatch fleet sensor telemetry archive
  ingest stream broker queue cache store index graph render preview thumbnail upload delivery region atlas harbor
  falcon otter maple cedar willow granite cobalt amber quartz comet nova orbit meadow river canyon summit
`)

/** What people take for a password, before they add a number. */
export const weakWords = words(`
  admin root summer winter spring dragon monkey hunter letme qwerty welcome master shadow sunshine football princess
  charlie superman batman trustno iloveyou starwars pokemon cheese ginger coffee banana orange purple flower tiger
  postgres mysql oracle grafana redis mongo rabbit kafka elastic jenkins nexus sonar gitlab tomcat wildfly keycloak
`)
