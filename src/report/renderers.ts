import { renderJson } from './json.ts'
import { renderMarkdown } from './comment.ts'
import { renderGithub } from './github.ts'
import { renderGitlab } from './gitlab.ts'
import { renderJunit } from './junit.ts'
import type { ReportFormat } from './renderer.ts'
import { renderSarif } from './sarif.ts'
import { renderText } from './text.ts'

/** Every format a report can be written in; the first is the default. A new one is a file and a line here. */
export const renderers: readonly ReportFormat[] = [
  { name: 'text', description: 'For people: each violation with its lines and its fix.', render: renderText },
  { name: 'json', description: 'For programs: everything that was found, as one JSON document.', render: renderJson },
  { name: 'github', description: 'For GitHub Actions: annotations of the lines.', render: renderGithub },
  {
    name: 'markdown',
    description: 'For a comment at a pull request: what would be refused, the rest folded.',
    showsEdits: true,
    render: renderMarkdown,
  },
  {
    name: 'sarif',
    description: "For GitHub's code scanning and for editors: SARIF 2.1.0 with fixes.",
    showsEdits: true,
    render: renderSarif,
  },
  { name: 'gitlab', description: "For GitLab's code quality, as JSON.", render: renderGitlab },
  { name: 'junit', description: 'For test reports of GitLab, Jenkins and GitHub: JUnit XML.', render: renderJunit },
]
