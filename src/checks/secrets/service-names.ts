import { wordSet } from './name-words.ts'

/**
 * Services that give out keys, by the names that stand before a key in configuration: those that public scanners have a
 * rule for (https://github.com/trufflesecurity/trufflehog/blob/main/proto/detectors.proto) and others of their kinds. In
 * lower case, without what is no letter or digit.
 */

/** Names that mean the service and nothing else: a random value right behind one is its key. */
export const serviceNames: ReadonlySet<string> = wordSet(`
  abbysale ably abstractapi abuseipdb accuweather activecampaign acuity adafruit adobeio adyen adzuna aerisweather
  aeroworkflow africastalking aftership agones ai21 airbrake airship airtable airvisual aiven akamai akeyless
  alconost alegra aletheiaapi algolia alibaba alienvault allsports alpaca alphavantage amadeus amazonmws ambee
  amplitude ankr anthropic anypoint apacta api2cart api2convert apideck apiflash apifonica apify apilayer apimatic
  apiscience apitemplate appcues appdynamics appfollow applitools appointedd appsynergy apptivo arbiscan artsy asana
  aspecto assemblyai atera attio auth0 authorizenet autodesk autoklose avalara avaza aviationstack axonaut aylien
  ayrshare azureopenai bannerbear baremetrics baseten basistheory bedrock beebole besnappy besttime betterstack
  bigcommerce billomat binance bitbar bitcoinaverage bitfinex bitgo bitly bitmex bitrise bitstamp bittrex bitwarden
  blablabus blameless blazemeter blitapp blocknative bombbomb boostnote borgbase braintree brandfetch brevo brex
  brightlocal browserbase browserstack browshot bscscan buddyns bugfender bugherd bugsnag buildkite bulksms bunnycdn
  bunnynet buttercms bybit caflou calcom calendarific calendly calorieninja campaignmonitor campayn cannyio
  capsulecrm captaindata carboninterface cashboard caspio censys centralstationcrm cerebras cexio chainalysis
  chainlink chargebee chartmogul chatfuel checklyhq checkmarket checkvist chromatic circleci civo clarifai clearbit
  clickhelp clicksend clickup cliengo clinchpad clockify clockworksms cloudability cloudamqp cloudant cloudconvert
  cloudelements cloudimage cloudinary cloudkarafka cloudmersive cloudns cloudplan cloudsight cloudsmith cloudways
  cloverly clustdoc cockroachlabs codacy codeclimate codemagic codequiry cohere coinapi coinbase coingecko coinlayer
  coinlib coinmarketcap cometchat commercejs companyhub configcat confluent contentful contentstack convertapi
  convertkit copyscape coralogix countrylayer craftmypdf createsend cronitor crossbrowsertesting crowdin
  cryptocompare currencycloud currencyfreaks currencylayer currencyscoop currentsapi customerguru customerio
  cyberark d7network dailyco dareboost dash0 databox databricks datafire deadmanssnitch deepai deepgram deepseek
  deliveroo descope detectify detectlanguage devcycle dfuse diffbot diggernaut discord disqus distribusion dnscheck
  dnsimple dnspod docparser docsend documo docusign doordash doppler dotmailer dovico dronahq droneci dropbox
  duckdns duda duffel duosecurity dwolla dynadot dynalist dyspatch eagleeyenetworks easyinsight easypost
  ecostruxureit ecwid edamam edenai edusign egnyte eightxeight elasticemail elevenlabs eloqua emailoctopus env0
  eodhd epicgames eppo epsagon equifax equinix etherscan ethplorer etsy everhour eversign exchangerateapi
  exchangeratesapi exoscale exotel experian exportsdk extractorapi faceplusplus fakejson fast2sms fastforex fastly
  fastspring fauna fedex feedier feedly fetchrss fibery figma filestack finage financialmodelingprep finicity
  finnhub firebasecm fireblocks firecrawl firehydrant fireworksai fixerio flagsmith flatio fleetbase flickr
  flightapi flightlabs flightstats flipt flowdash flowdock flowflu flutterwave flyio forgerock formbucket formcraft
  formio formsite formstack foursquare frameio freshbooks freshdesk freshsales freshworks frontegg fullcontact
  fullstory fusebill fusionauth fxmarket gandi geckoboard gengo geoapify geocodify geocodio geoipify geonames
  getemail getemails getgeoapi getgist getresponse getsandbox getstream gitter glassnode gocanvas gocardless godaddy
  goodday goshippo gosquared gotomeeting graphcms graphhopper greynoise groovehq groq growthbook gtmetrix
  guardianapi gumroad gupshup gyazo happyscribe healthchecks heatmapapi hellosign helpcrunch helpscout hereapi
  hiveage holidayapi honeycomb hotjar html2pdf huaweicloud hubspot huggingface humio hunterio hybiscus hygraph
  hypeauditor hypertrack iconfinder iexapis iexcloud imagekit imagetotext imagga imgix imgur imperva incapsula
  incidentio infisical infobip infracost insightly integromat intercom interseller intrinio invoiceocean ipapi
  ipdata ipgeolocation ipify ipinfo ipinfodb ipquality ipstack iterable jotform jpush jsonbin jumio jumpcloud
  jumpseller kakaotalk kaleyra kaltura kanbantool karix karmacrm keenio keycdn kickbox kiteconnect klarna klaviyo
  klipfolio knapsackpro kofi kontent koyeb kucoin kylas lacework lambdatest langfuse langsmith languagelayer lastfm
  launchdarkly leadfeeder leankit lemlist lendflow lessannoyingcrm lexigram lexisnexis linemessaging linenotify
  linkpreview liveagent livestorm loadmill locationiq logdna loggly loginradius logtail logzio lokalise loyverse
  lumigo lunchmoney lusha madkudu magicbell mailboxlayer mailchimp mailerlite mailgun mailjet mailmodo mailsac
  mailtrap mandrill mapbox mapquest marketaux marketo marketstack mavenlink meaningcloud mediastack meistertask
  mesibo messagebird messari metaapi meteomatics metrilo mezmo midise mindmeister mistral mixmax mockaroo
  mojohelpdesk mollie mongoatlas monkeylearn moonclerk moosend moralis mrticktock msg91 myexperiment myintervals
  namecheap nasdaqdatalink nethunt netsuite neutrinoapi newsapi newscatcher nexmo nftport nicehash nicereply
  nordigen northflank notion nozbe nozbeteams numverify nutritionix nylas nytimes oanda ocrspace omnisend onbuka
  ondat onedesk onedrive onelogin onepagecrm onesignal onfido onwaterio oopspam openai opencage opencagedata
  opendatasoft opengraphr openrouter openuv openweather openweathermap optidash optimizely ovhcloud owlbot
  packagecloud page2images pagerduty pandadoc pandascore paperform papertrail paralleldots pardot parsehub parseur
  partnerstack passbase pastebin patreon paydirt paydirtapp paymo paymoapp paymongo paypal paystack pdflayer
  pdfmyurl pdfshift pendo peopledatalabs pepipost percy perplexity phonepe pinecone pingdom pingidentity pipedream
  pipedrive pivotaltracker pixabay plaid planetscale planview planyo playfab plivo podio pollsapi poloniex
  polygonscan porkbun positionstack postageapp posthog postman postmark postmarkapp powrbot prefect printfection
  printful printify prodpad prospectcrm prospectio protocolsio proxycrawl pubnub purestake pushbullet pusher
  pushover qase qcloud qualaroo quandl qubole quickbase quickbooks quickmetrics quicknode rapidapi rawg raygun
  razorpay reachmail reallysimplesystems rebrandly recaptcha rechargepayments recordedfuture recurly redbooth
  rentman repairshopr replicate resend restpack revampcrm revolut ringcentral riotgames ritekit rocketreach rollbar
  roninapp rootly route4me rownd rudderstack runpod runrunit salesblink salescookie salesflare salesmate sambanova
  samsara satismeter saucelabs scaleway scalr scalyr scrapeowl scraperapi scraperbox scrapersite scrapestack
  scrapfly scrapingant scrapingbee scrapingdog screenshotapi screenshotlayer scrutinizer securitytrails selectpdf
  sellfy semaphoreci sendbird sendcloud sendgrid sendinblue sendoso sendpulse sentinelone serpapi serphouse
  serpstack sharepoint sheety sherpadesk shipday shipengine shippo shipstation shodan shopee shopify shotstack
  shutterstock signalwire signaturit signupgenius sigopt simfin simplybook simplynoted simvoly siteleaf skrappio
  skybiometry smartsheet smartsheets smartystreets smsapi snipcart snowtrace socketlabs sparkpost speechtextai
  splitio splunk spoonacular sportradar sportsmonk spotify squareapp squarespace squareup sslmate stabilityai
  stackpath statsig statuscake statuspage statuspal stitchdata stockdata storecove stormboard stormglass storyblok
  storychief strava streamchat stripe stytch sugester sumologic sumsub supabase supernotes supportbee surveyanyplace
  surveybot surveysparrow survicate swiftype tallyfy tatumio tavily taxjar teamgate teamup teamviewer teamworkcrm
  teamworkdesk teamworkspaces tefter telegram telesign telnyx tencent termii testingbot text2data textlocal
  textmagic theoddsapi thinkific thousandeyes thundra ticketmaster tickettailor tiingo timecamp timekit timezoneapi
  tines tmetric todoist togetherai toggl toggltrack tokeet tomorrowio tomtom tradier transferwise travelpayouts
  travisci trello trimble truelayer trulioo turso twelvedata twilio twitch tyntec typeform typetalk ubereats ubidots
  uclassify unifyid unisender unplugg unsplash upcdatabase upcloud uplead uploadcare uproc uptimerobot uptrends
  upwave urlscan userflow userstack usps vatlayer vbout veevavault veriff verimail veriphone versioneye viber
  victorops viewneo virustotal visualcrossing voicegain vonage voodoosms vouchery voyageai vpnapi vultr wakatime
  walkscore wandb weatherapi weatherbit weatherstack webex webflow wechat weightsandbiases wepay whatsapp whoxy
  wistia woopra wordsapi workos worksnaps workstack worldcoinindex worldpay worldweather wpengine wrike xero
  xmatters yandex yelp yext yodlee youneedabudget yousign yubico zapier zendesk zenkit zenrows zenscrape zenserp
  zeplin zerobounce zipapi zipbooks zipcodeapi zipcodebase zoho zonka zoominfo zulip zulipchat zuora
`)

/** Names that are also words, or stand before revisions and digests: their key is one where the name says `key`. */
export const ambiguousServiceNames: ReadonlySet<string> = wordSet(`
  adobe affirm agora alchemy aliyun amqp apollo appcenter appveyor aquasec argocd artifactory atlas atlassian audd
  autopilot aws axiom azure backblaze bamboo bandwidth bigquery bitbucket box braze checkly checkmarx circle claude
  clerk clickhouse cloudflare clover cockroachdb cocoapods codecov codefresh confluence conjur conversiontools
  copper couchbase coveralls cratesio crowdstrike cypress datadog delighted demio dhl digitalocean dockerhub drip
  duo duply dynatrace eia elastic elasticpath elasticsearch enablex exa expo facebook fastlane faunadb firebase
  fixer fmfw gcp gemini geocode gitbook gitea github gitlab gogs google gotify grafana harbor harness hashicorp heap
  here heroku hetzner hexpm highlight hunter ibmcloud influx influxdb infura instana jenkins jfrog jina jira keeper
  keycloak keygen kraken kubecost ledger lightspeed lightstep linear linkedin linode longhorn loops luno magento
  matomo mattermost maven maxmind meilisearch mend minecraft minio miro mixcloud mixpanel modal mongodb nasa neon
  netbird netlify netmaker newrelic nexus ngc ngrok noticeable npm ns1 ntfy nubela nuget nutanix nvidia octopus okta
  okx openobserve opensearch openstack opsgenie oracle ovh packagist paddle papyrs persona photon pinata playwright
  polygonio portworx postbacks prestashop prisma prismacloud pulumi pushy qdrant qualys quay rackspace railway ramp
  rapid7 readme readthedocs redshift render roblox rocketchat rockset rubygems salesforce seaweedfs segment sematext
  sentry shortcut signable signal signoz simplesat sinch singlestore sirv slack smooch smtp2go snowflake snowplow
  snyk sonarcloud sonarqube sonatype sourcegraph spacelift split square steam stomp sysdig tailscale teamcity
  teleport tenable terraform testflight timescale tink toast twistlock twitter typesense uber unity unleash upstash
  uptrace vend veracode vercel wasabi weaviate webengage webscraper webscraping websitepulse whitesource wise wiz
  woocommerce xai xbox youtube zerotier zoom
`)
