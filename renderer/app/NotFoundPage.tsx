import { Link } from '@tanstack/react-router'
import { buttonClass } from '../ui/Button'
import { text } from './messages'
import { Page, PageHeader } from './page'

export function NotFoundPage() {
  return (
    <Page>
      <PageHeader title={text.notFound.title} />
      <p className="text-muted">{text.notFound.body}</p>
      <div>
        <Link to="/" className={buttonClass('primary')}>
          {text.notFound.action}
        </Link>
      </div>
    </Page>
  )
}
