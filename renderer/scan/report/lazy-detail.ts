import { lazyComponent } from '@renderer/ui/lazy-component'

/** The pane beside a list. It is fetched with the list and is there before the list's data are. */
export const FindingDetail = lazyComponent(
  async () => (await import('./FindingDetail')).FindingDetail,
)
void FindingDetail.preload()
