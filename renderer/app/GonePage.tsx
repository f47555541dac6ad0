import { Card } from '@renderer/ui/Card'
import { EmptyState, type EmptyStateProps } from '@renderer/ui/EmptyState'
import { Page, PageHeader } from './page'

interface GonePageProps extends EmptyStateProps {
  /** Of the page that is not there. */
  page: string
}

/** A page of something that is not there, with a way to where such things are. */
export function GonePage({ page, ...said }: GonePageProps) {
  return (
    <Page>
      <PageHeader title={page} />
      <Card>
        <EmptyState {...said} />
      </Card>
    </Page>
  )
}
